import { integer, type ParamValues } from '../params.js';
import type { GrowthLimits } from './growth-limits.js';
import { countFeatures, type MaxFeatures } from './max-features.js';

/** The params that limit the growth of a tree, whatever it is part of. */
export const growthParams = {
  maxDepth: integer({ about: 'the longest way from the root to a leaf; null for no limit', default: null, min: 1 }),
  minSamplesSplit: integer({ about: 'a node with fewer rows stays a leaf', default: 2, min: 2 }),
  minSamplesLeaf: integer({ about: 'no cut leaves fewer rows on a side', default: 1, min: 1 }),
};

/** The limits that params mean for a number of features. */
export function growthLimits(
  params: ParamValues<typeof growthParams> & { readonly maxFeatures: MaxFeatures },
  featureCount: number,
): GrowthLimits {
  return {
    maxDepth: params.maxDepth ?? Infinity,
    minSamplesSplit: params.minSamplesSplit,
    minSamplesLeaf: params.minSamplesLeaf,
    maxFeatures: countFeatures(params.maxFeatures, featureCount),
  };
}
