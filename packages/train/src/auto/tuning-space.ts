import { estimators } from '../estimators/estimators.js';
import type { SpaceEntry } from '../strategies/search-space.js';

const range = (kind: 'uniform' | 'log-uniform' | 'integer' | 'log-integer', min: number, max: number) => ({
  kind,
  min,
  max,
});

/** Where tuning looks further, for the estimators that gain from it. */
const spaces: readonly SpaceEntry[] = [
  { estimator: 'ridge', params: { alpha: range('log-uniform', 1e-2, 1e4) } },
  { estimator: 'lasso', params: { alpha: range('log-uniform', 1e-4, 1) } },
  {
    estimator: 'elastic-net',
    params: { alpha: range('log-uniform', 1e-4, 1), l1Ratio: range('uniform', 0.05, 1) },
  },
  {
    estimator: 'k-neighbors',
    params: { nNeighbors: range('log-integer', 3, 60), weights: ['uniform', 'distance'], p: [1, 2] },
  },
  {
    estimator: 'random-forest',
    params: { nEstimators: 150, minSamplesLeaf: range('log-integer', 1, 20), maxFeatures: range('uniform', 0.2, 1) },
  },
  {
    estimator: 'extra-trees',
    params: { nEstimators: 150, minSamplesLeaf: range('log-integer', 1, 20), maxFeatures: range('uniform', 0.2, 1) },
  },
  {
    estimator: 'gradient-boosting',
    params: {
      nEstimators: range('log-integer', 50, 500),
      learningRate: range('log-uniform', 0.02, 0.3),
      maxDepth: range('integer', 1, 6),
      minSamplesLeaf: range('log-integer', 1, 30),
      subsample: range('uniform', 0.5, 1),
    },
  },
  {
    estimator: 'hist-gradient-boosting',
    params: {
      maxIter: range('log-integer', 50, 500),
      learningRate: range('log-uniform', 0.02, 0.3),
      maxLeafNodes: range('log-integer', 3, 63),
      minSamplesLeaf: range('log-integer', 5, 60),
      l2Regularization: range('log-uniform', 1e-3, 30),
    },
  },
];

/** The spaces of these estimators, as far as they can be tuned. */
export function tuningSpace(names: readonly string[]): readonly SpaceEntry[] {
  return spaces.filter(({ estimator }) => Object.hasOwn(estimators, estimator) && names.includes(estimator));
}
