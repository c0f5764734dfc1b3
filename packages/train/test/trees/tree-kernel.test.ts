import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyedRandom } from '../../src/index.js';
import type { GrowthLimits } from '../../src/trees/growth-limits.js';
import { kernelGrower, suitsKernel } from '../../src/trees/kernel/kernel-grower.js';
import { plainGrower } from '../../src/trees/plain-grower.js';
import { prepareTreeData } from '../../src/trees/tree-data.js';

interface Rows {
  readonly columns: readonly number[][];
  readonly targets: readonly number[];
  readonly weights: readonly number[];
  readonly priorities: readonly number[] | undefined;
}

/** Columns of two values and of more, targets with and without ties, rows drawn more than once or not at all. */
const anyRows = fc.integer({ min: 2, max: 60 }).chain((count) => {
  const list = (value: fc.Arbitrary<number>) => fc.array(value, { minLength: count, maxLength: count });
  const column = fc.oneof(
    list(fc.integer({ min: 0, max: 1 })),
    list(fc.integer({ min: -3, max: 90 })),
    list(fc.constantFrom(0.5, 2, 7)),
  );
  const target = fc.oneof(
    list(fc.integer({ min: 0, max: 5 })),
    list(fc.double({ min: -1, max: 1, noNaN: true })),
    list(fc.constantFrom(0, 1, 2, 1e9, 1e-9)),
  );
  return fc.array(column, { minLength: 1, maxLength: 8 }).chain((columns) => {
    const order = [...columns.keys()];
    return fc.record<Rows>({
      columns: fc.constant(columns),
      targets: target,
      weights: list(fc.integer({ min: 0, max: 3 })).map(([, ...rest]) => [1, ...rest]),
      priorities: fc.option(fc.shuffledSubarray(order, { minLength: order.length }), { nil: undefined }),
    });
  });
});

const anyLimits = fc.record<GrowthLimits>({
  maxDepth: fc.constantFrom(1, 3, Infinity),
  minSamplesSplit: fc.constantFrom(2, 2, 9, 1e12),
  minSamplesLeaf: fc.constantFrom(1, 1, 1, 4, 1e12),
  maxFeatures: fc.constantFrom(8, 8, 1, 3),
  thresholds: fc.constantFrom('best', 'best', 'random'),
  keepsLosses: fc.boolean(),
});

/** As in boosting: the data is prepared once, its targets change from tree to tree. */
function growBoth(rows: readonly Rows[], limits: GrowthLimits) {
  const [{ columns }] = rows;
  const targets = new Float64Array(columns[0].length);
  const data = prepareTreeData(
    columns.map((column) => Float64Array.from(column)),
    targets,
  );
  const growers = [plainGrower(data, limits), ...(suitsKernel(data) ? [kernelGrower(data, limits)] : [])];
  const trees = rows.map((one) => {
    targets.set(one.targets);
    const weights = Float64Array.from(one.weights);
    const priorities = one.priorities && Int32Array.from(one.priorities);
    return growers.map((grow) => structuredClone(grow(weights, keyedRandom(1), priorities)));
  });
  return { trees, grown: growers.length };
}

describe('the kernel in WebAssembly', () => {
  it('grows the same trees as plain loops, bit for bit', () => {
    let inKernel = 0;
    fc.assert(
      fc.property(anyRows, anyLimits, (rows, limits) => {
        const again = {
          ...rows,
          targets: rows.targets.toReversed(),
          weights: rows.weights.toReversed(),
          priorities: rows.priorities?.toReversed(),
        };
        const { trees, grown } = growBoth([rows, again], limits);
        for (const [plain, fast] of trees) if (fast !== undefined) expect(fast).toEqual(plain);
        if (grown === 2) inKernel++;
      }),
      { numRuns: 400 },
    );
    expect(inKernel).toBeGreaterThan(300);
  });

  it('serves several data in turn', () => {
    const data = (shift: number) =>
      prepareTreeData(
        [Float64Array.from({ length: 40 }, (_, row) => (row * shift) % 11)],
        Float64Array.from({ length: 40 }, (_, row) => Math.sin(row * shift)),
      );
    const limits = { maxDepth: Infinity, minSamplesSplit: 2, minSamplesLeaf: 1, maxFeatures: 1 };
    const all = [3, 5, 7].map(data);
    const weights = new Float64Array(40).fill(1);
    const grow = (grower: typeof plainGrower) => {
      const growers = all.map((one) => grower(one, limits));
      return [0, 1].flatMap(() => growers.map((one) => structuredClone(one(weights, keyedRandom(1)))));
    };
    expect(grow(kernelGrower)).toEqual(grow(plainGrower));
  });

  it.each([
    ['columns with gaps', [1, 2, Number.NaN, 4, 5]],
    ['values that hardly differ', [1, 1 + 1e-8, 2, 3, 4]],
  ])('leaves %s to the plain loops', (_, values) => {
    const data = prepareTreeData([Float64Array.from(values)], Float64Array.of(1, 2, 3, 4, 5));
    expect(suitsKernel(data)).toBe(false);
  });
});
