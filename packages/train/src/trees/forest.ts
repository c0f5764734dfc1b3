import type { Table, TreeEnsemble } from '@scorecast/core';
import type { FitContext } from '../estimator.js';
import type { FitFamily } from '../fit-family.js';
import type { KeyedRandom } from '../keyed-random.js';
import { drawPriorities } from './draw-priorities.js';
import { nodeGrower } from './grow-tree.js';
import type { GrownTree } from './grown-tree.js';
import { prunedMeans } from './pruned-means.js';
import { pruneTree } from './prune-tree.js';
import { prepareTreeData } from './tree-data.js';
import { criterionOf, loosestLimits, pruningOf, sharedGrowth, type TreeParams } from './tree-params.js';
import { levelCountsOf, treeColumns } from './tree-columns.js';

/** The params of a forest. */
export interface ForestParams extends TreeParams {
  readonly nEstimators: number;
  readonly bootstrap: boolean;
}

/** A kind of forest. */
export interface Forest {
  /** The estimator's name. */
  readonly name: string;
  /** Whether features are cut at their best thresholds or at random ones. */
  readonly thresholds: 'best' | 'random';
}

// The keys below a tree's own randomness.
const BOOTSTRAP = 0;
const ROOT = 1;
const PRIORITIES = 2;

/** The mean of trees, each of which depends on the seed and its number alone. */
export function fitForest(
  forest: Forest,
  params: ForestParams,
  x: Table,
  y: Float64Array,
  run: FitContext,
): TreeEnsemble {
  const pruning = pruningOf(params);
  const trees = Array.from(grownTrees(forest, [params], x, y, run), (grown) => pruneTree(grown, pruning));
  return { kind: 'tree-ensemble', features: x.columns.map((column) => column.name), combine: 'mean', trees };
}

/** One forest of the largest size, of the loosest limits, answers every smaller one and every pruning. */
export function forestFamily<P extends ForestParams>(forest: Forest): FitFamily<P> {
  return {
    about: 'one forest of the largest size, pruned for each candidate',
    shared: (params) => {
      const { nEstimators: _, ...rest }: ForestParams = params;
      return sharedGrowth(rest);
    },
    predictAll: (members, x, y, run, tables) => {
      const stages = members.map((params) => ({ pruning: pruningOf(params), count: params.nEstimators }));
      return prunedMeans(grownTrees(forest, members, x, y, run), stages, tables);
    },
  };
}

/** As many trees as the largest member has, each of which every member can be pruned from. */
function* grownTrees(
  { name, thresholds }: Forest,
  members: readonly ForestParams[],
  x: Table,
  y: Float64Array,
  run: FitContext,
): Generator<GrownTree> {
  const [first] = members;
  const columns = treeColumns(name, first, x, y);
  const data = prepareTreeData(columns, y, { criterion: criterionOf(first), levelCounts: levelCountsOf(x) });
  const grow = nodeGrower(data, { ...loosestLimits(members, columns.length), thresholds });
  const count = Math.max(...members.map(({ nEstimators }) => nEstimators));
  for (let tree = 0; tree < count; tree++) {
    const random = run.random.at(tree);
    const weights = first.bootstrap ? bootstrap(y.length, random.at(BOOTSTRAP)) : new Float64Array(y.length).fill(1);
    // Many cuts of a small node are equally good; were the first feature always taken, the trees would be more alike.
    yield grow(weights, random.at(ROOT), drawPriorities(columns.length, random.at(PRIORITIES)));
  }
}

/** How often each of `n` rows comes up in `n` draws with replacement. */
function bootstrap(n: number, random: KeyedRandom): Float64Array {
  const counts = new Float64Array(n);
  for (let i = 0; i < n; i++) counts[random.below(n, i)]++;
  return counts;
}
