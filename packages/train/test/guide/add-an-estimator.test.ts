import { readFileSync } from 'node:fs';
import { checkEstimator, type CheckedEstimator } from '@scorecast/checks';
import { describe, expect, it } from 'vitest';
import { keyedRandom, type FitContext } from '../../src/index.js';
import { bestColumn } from './best-column.js';

const guide = readFileSync(new URL('../../../../docs/guide/add-an-estimator.md', import.meta.url), 'utf8');

type Toy = CheckedEstimator<FitContext>;

const good: Toy = bestColumn();

function check(estimator: Toy): Promise<readonly string[]> {
  return checkEstimator(estimator, {
    create: (params) => bestColumn(params === undefined ? {} : Object(params)),
    context: (seed) => ({ random: keyedRandom(seed) }),
  });
}

/** The guide's estimator with something else in its models. */
function withFit(fit: Toy['fit']): Toy {
  return { ...good, fit };
}

const mistakes: readonly [mistake: string, estimator: Toy][] = [
  ['params without readParams', { ...good, params: { shrinkage: 0 } }],
  [
    'a division by zero',
    withFit((x, y, run) => {
      const model = good.fit(x, y, run);
      const isConstant = x.columns.some((column) => column.name === 'constant');
      return isConstant && model.kind === 'linear' ? { ...model, intercept: Number.NaN } : model;
    }),
  ],
  [
    'sorting the targets',
    withFit((x, y, run) => {
      const model = good.fit(x, y, run);
      y.sort();
      return model;
    }),
  ],
  [
    'Math.random',
    withFit((x, y, run) => {
      const model = good.fit(x, y, run);
      return model.kind === 'linear' ? { ...model, intercept: model.intercept + Math.random() } : model;
    }),
  ],
  [
    'a coefficient of -0',
    withFit((x, y, run) => {
      const model = good.fit(x, y, run);
      return model.kind === 'linear' && model.coefficients[0] === 0
        ? { ...model, coefficients: Float64Array.of(-0) }
        : model;
    }),
  ],
];

describe('the guide to a new estimator', () => {
  it('shows the estimator that is tested here', () => {
    const source = readFileSync(new URL('best-column.ts', import.meta.url), 'utf8');
    expect(guide).toContain(`\`\`\`ts\n${source.replaceAll('../../src/', '../')}\`\`\``);
  });

  it('shows one that keeps every promise', async () => {
    expect(await check(good)).toEqual([]);
  });

  it.each(mistakes)('quotes what the checks say of %s', async (_, estimator) => {
    const findings = await check(estimator);
    expect(findings.filter((finding) => guide.includes(finding))).not.toEqual([]);
  });
});
