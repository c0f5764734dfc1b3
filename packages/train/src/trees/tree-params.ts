import { choice, integer, real, type ParamValues } from '../params.js';
import type { Criterion } from './criterion.js';
import type { GrowthLimits } from './growth-limits.js';
import { growthLimits, growthParams } from './growth-params.js';
import type { MaxFeatures } from './max-features.js';
import { isLimitOnly, type Pruning } from './prune-tree.js';

/** The params of trees that are grown and pruned for themselves, whatever forest they stand in. */
export const treeParams = {
  criterion: choice({
    about: 'what cuts make small; friedman_mse is another name of squared_error, since both choose the same cuts',
    default: 'squared_error',
    options: ['squared_error', 'friedman_mse', 'absolute_error', 'poisson'],
  }),
  ...growthParams,
  maxLeafNodes: integer({ about: 'how many leaves are kept, the best first; null for all', default: null, min: 2 }),
  minImpurityDecrease: real({
    about: 'a node whose cut lowers the criterion by less stays a leaf',
    default: 0,
    min: 0,
  }),
  ccpAlpha: real({
    about: 'what a leaf must lower the criterion by, in minimal cost-complexity pruning',
    default: 0,
    min: 0,
  }),
};

/** The values of {@link treeParams}, with the features that a node may choose from. */
export type TreeParams = ParamValues<typeof treeParams> & { readonly maxFeatures: MaxFeatures };

/** The criterion by which trees grow. */
export function criterionOf({ criterion }: Pick<TreeParams, 'criterion'>): Criterion {
  return criterion === 'friedman_mse' ? 'squared_error' : criterion;
}

/** What the params prune. */
export function pruningOf(params: TreeParams): Pruning {
  const { maxDepth, minSamplesSplit, minImpurityDecrease, maxLeafNodes, ccpAlpha } = params;
  const most = maxLeafNodes ?? Infinity;
  // So many leaves reach no deeper.
  const deepest = Math.min(maxDepth ?? Infinity, most - 1);
  return { maxDepth: deepest, minSamplesSplit, minImpurityDecrease, maxLeafNodes: most, ccpAlpha };
}

/** The limits of a growth that every member can be pruned from. */
export function loosestLimits(members: readonly TreeParams[], featureCount: number): GrowthLimits {
  const prunings = members.map(pruningOf);
  return {
    ...growthLimits(members[0], featureCount),
    maxDepth: Math.max(...prunings.map(({ maxDepth }) => maxDepth)),
    minSamplesSplit: Math.min(...prunings.map(({ minSamplesSplit }) => minSamplesSplit)),
    keepsLosses: !prunings.every(isLimitOnly),
  };
}

/** The params that one growth cannot vary. */
export function sharedGrowth(params: TreeParams): object {
  const { maxDepth: _depth, minSamplesSplit: _rows, minImpurityDecrease: _decrease, ...others } = params;
  const { maxLeafNodes: _leaves, ccpAlpha: _alpha, ...shared } = others;
  return { ...shared, criterion: criterionOf(params) };
}
