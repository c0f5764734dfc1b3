import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metrics, type MetricName } from '../../src/index.js';

type Case = Record<MetricName, number> & { name: string; yTrue: number[]; yPred: number[] };

const golden: { metrics: Case[] } = JSON.parse(
  readFileSync(new URL('../../../../fixtures/golden/metrics.json', import.meta.url), 'utf8'),
);

const named: readonly MetricName[] = [
  'r2',
  'mae',
  'rmse',
  'medianAbsoluteError',
  'maxError',
  'explainedVariance',
  'meanAbsolutePercentageError',
];

describe.each(named)('%s', (name) => {
  const { score, better } = metrics[name];

  it.each(golden.metrics)('scores as scikit-learn does: $name', (golden) => {
    const expected = golden[name];
    expect(Math.abs(score(golden.yTrue, golden.yPred) - expected)).toBeLessThanOrEqual(
      1e-12 * Math.max(1, Math.abs(expected)),
    );
  });

  it('finds nothing better than the truth', () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 })), {
      minLength: 1,
    });
    fc.assert(
      fc.property(pairs, (drawn) => {
        const truth = drawn.map(([y]) => y);
        const missed = score(
          truth,
          drawn.map(([, p]) => p),
        );
        const met = score(truth, truth);
        expect(better === 'higher' ? met >= missed : met <= missed).toBe(true);
      }),
    );
  });

  it('refuses lists of different lengths', () => {
    expect(() => score([1, 2], [1])).toThrow('2 values cannot be compared with 1');
  });
});

it('has every metric in the tests', () => {
  expect(Object.keys(metrics)).toEqual(named);
});
