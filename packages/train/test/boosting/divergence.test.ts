import { describe, expect, it } from 'vitest';
import { createEstimator, keyedRandom } from '../../src/index.js';
import { examsLike } from '../trees/tree-rows.js';

describe('boosting with a learning rate far above 1', () => {
  it.each(['gradient-boosting', 'hist-gradient-boosting'])('is stopped before numbers overflow: %s', (name) => {
    const { x, y } = examsLike(60, 1);
    const diverging = createEstimator(name, { learningRate: 1e4 });
    expect(() => diverging.fit(x, y, { random: keyedRandom(1) })).toThrow(`${name}: the numbers are too large`);
  });
});
