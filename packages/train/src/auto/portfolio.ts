import { createEstimator, estimators } from '../estimators/estimators.js';
import type { Candidate } from '../search/candidate.js';
import { expandGrid, type GridEntry } from '../search/expand-grid.js';

/** How much an automatic training tries: seconds, a minute or several on a thousand rows. */
export type Preset = 'quick' | 'standard' | 'thorough';

/** All presets, shortest first. */
export const presets = ['quick', 'standard', 'thorough'] as const satisfies readonly Preset[];

interface PortfolioEntry extends GridEntry {
  /** The first preset that tries it; the longer ones do too. */
  readonly from: Preset;
}

/**
 * Strong defaults, cheap ones first: what has done well on small tables of people, over the few params that matter most.
 * Estimators that the registry does not have are passed over.
 */
const portfolio: readonly PortfolioEntry[] = [
  { from: 'quick', estimator: 'mean' },
  { from: 'quick', estimator: 'least-squares' },
  { from: 'quick', estimator: 'ridge', params: { alpha: [0.1, 1, 3, 10, 30, 100, 300] } },
  { from: 'quick', estimator: 'lasso', params: { alpha: [0.003, 0.01, 0.03, 0.1, 0.3] } },
  { from: 'standard', estimator: 'elastic-net', params: { alpha: [0.01, 0.03, 0.1, 0.3], l1Ratio: [0.2, 0.5, 0.8] } },
  { from: 'quick', estimator: 'k-neighbors', params: { nNeighbors: [7, 15, 30], weights: 'distance' } },
  { from: 'quick', estimator: 'decision-tree', params: { maxDepth: [3, 5, 8], minSamplesLeaf: 5 } },
  { from: 'quick', estimator: 'random-forest', params: { nEstimators: 50, minSamplesLeaf: 3, maxFeatures: 0.5 } },
  {
    from: 'standard',
    estimator: 'random-forest',
    params: { nEstimators: 100, minSamplesLeaf: [1, 5], maxFeatures: 0.4 },
  },
  { from: 'quick', estimator: 'extra-trees', params: { nEstimators: 50, minSamplesLeaf: 3 } },
  { from: 'standard', estimator: 'extra-trees', params: { nEstimators: 100, minSamplesLeaf: [1, 5] } },
  {
    from: 'quick',
    estimator: 'gradient-boosting',
    params: { nEstimators: [50, 100, 150], learningRate: 0.05, maxDepth: 3, subsample: 0.7 },
  },
  {
    from: 'standard',
    estimator: 'gradient-boosting',
    params: { nEstimators: [100, 200, 300], learningRate: 0.05, maxDepth: [2, 4], subsample: 0.7, minSamplesLeaf: 5 },
  },
  {
    from: 'quick',
    estimator: 'hist-gradient-boosting',
    params: { maxIter: [50, 100], learningRate: 0.06, maxLeafNodes: 8, minSamplesLeaf: 20 },
  },
  {
    from: 'standard',
    estimator: 'hist-gradient-boosting',
    params: { maxIter: [100, 200, 300], learningRate: 0.05, maxLeafNodes: [4, 16], minSamplesLeaf: 20 },
  },
  { from: 'standard', estimator: 'adaboost', params: { nEstimators: [25, 50, 100], learningRate: [0.1, 1] } },
  { from: 'thorough', estimator: 'neural-network' },
];

/**
 * The candidates of a preset.
 *
 * @param only Estimators to keep to; all by default.
 * @throws TRAIN_UNKNOWN_ESTIMATOR for a name in `only` that the registry does not have.
 */
export function portfolioCandidates(preset: Preset, only?: readonly string[]): readonly Candidate[] {
  for (const name of only ?? []) createEstimator(name);
  const reach = presets.indexOf(preset);
  const entries = portfolio
    .filter(({ estimator, from }) => Object.hasOwn(estimators, estimator) && presets.indexOf(from) <= reach)
    .filter(({ estimator }) => only === undefined || only.includes(estimator));
  const missing = (only ?? []).filter((name) => !entries.some(({ estimator }) => estimator === name));
  return expandGrid([...entries, ...missing.map((estimator) => ({ estimator }))]);
}
