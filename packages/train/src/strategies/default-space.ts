import { integer, logUniform, uniform } from './dimension.js';
import type { SpaceEntry } from './search-space.js';

/** What a search by strategy draws from when it is told nothing: each estimator over the params that matter most to it. */
export const defaultSpace: readonly SpaceEntry[] = [
  { estimator: 'ridge', params: { alpha: logUniform(0.001, 1000) } },
  { estimator: 'elastic-net', params: { alpha: logUniform(0.001, 10), l1Ratio: uniform(0.05, 1) } },
  {
    estimator: 'k-neighbors',
    params: { nNeighbors: integer(2, 50, { log: true }), weights: ['uniform', 'distance'], p: [1, 2] },
  },
  {
    estimator: 'random-forest',
    params: { nEstimators: 100, minSamplesLeaf: integer(1, 30, { log: true }), maxFeatures: uniform(0.2, 1) },
  },
  {
    estimator: 'extra-trees',
    params: { nEstimators: 100, minSamplesLeaf: integer(1, 30, { log: true }), maxFeatures: uniform(0.2, 1) },
  },
  {
    estimator: 'gradient-boosting',
    params: {
      nEstimators: integer(50, 500, { log: true }),
      learningRate: logUniform(0.01, 0.3),
      maxDepth: integer(1, 6),
      subsample: uniform(0.5, 1),
    },
  },
  {
    estimator: 'hist-gradient-boosting',
    params: {
      maxIter: integer(30, 400, { log: true }),
      learningRate: logUniform(0.01, 0.3),
      maxLeafNodes: integer(3, 63, { log: true }),
      minSamplesLeaf: integer(5, 60, { log: true }),
      l2Regularization: [0, 1, 10],
    },
  },
];
