import type { GridEntry } from './expand-grid.js';

/**
 * What a search tries when it is told nothing: each estimator over the few values that matter most to it.
 *
 * On 1000 rows it takes a few seconds on two cores; nearly all of that is the forests.
 */
export const defaultGrid: readonly GridEntry[] = [
  { estimator: 'mean' },
  { estimator: 'least-squares' },
  { estimator: 'ridge', params: { alpha: [0.1, 1, 10, 100] } },
  { estimator: 'lasso', params: { alpha: [0.001, 0.01, 0.1, 1] } },
  { estimator: 'elastic-net', params: { alpha: [0.001, 0.01, 0.1], l1Ratio: 0.5 } },
  { estimator: 'k-neighbors', params: { nNeighbors: [5, 7, 9, 11], weights: ['uniform', 'distance'] } },
  { estimator: 'decision-tree', params: { maxDepth: [3, 5, 8, null] } },
  { estimator: 'random-forest', params: { nEstimators: 100, minSamplesLeaf: [1, 3, 5] } },
  { estimator: 'extra-trees', params: { minSamplesLeaf: [1, 3, 5] } },
  { estimator: 'gradient-boosting', params: { nEstimators: [50, 100] } },
  { estimator: 'hist-gradient-boosting', params: { maxIter: [50, 100] } },
  { estimator: 'adaboost', params: { nEstimators: [50, 100] } },
  { estimator: 'neural-network', params: { earlyStopping: true } },
];
