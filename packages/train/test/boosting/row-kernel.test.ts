import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantization } from '../../src/boosting/histogram/quantization.js';
import type { RowKernel } from '../../src/boosting/histogram/row-kernel.js';
import { BINS_OFFSET, HISTOGRAM_BYTES } from '../../src/boosting/histogram/row-layout.js';
import { rowStore, type RowStore } from '../../src/boosting/histogram/row-store.js';
import { plainKernel } from './plain-kernel.js';

/** Rows of few different values and gaps, with residuals. */
const rows = fc.integer({ min: 1, max: 40 }).chain((count) => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(Number.NaN), fc.double({ noNaN: true }));
  const columns = fc.array(fc.array(value, { minLength: count, maxLength: count }), { minLength: 1, maxLength: 10 });
  const residual = fc.double({ min: -50, max: 50, noNaN: true });
  return fc.record({ columns, residuals: fc.array(residual, { minLength: count, maxLength: count }) });
});

interface Case {
  readonly columns: readonly number[][];
  readonly residuals: readonly number[];
}

/** A store of the rows; its two histograms are empty. */
function storeOf({ columns, residuals }: Case): RowStore {
  const thresholds = columns.map(() => Float64Array.of(-1.5, 0, 1, 2.5));
  const store = rowStore(
    columns.map((column) => Float64Array.from(column)),
    thresholds,
    residuals.length,
    2,
  );
  residuals.forEach((residual, row) => (store.doubles[(row * store.rowBytes) / 8] = residual));
  store.histograms.view.fill(0);
  store.sides.view.fill(1, 0, 2);
  return store;
}

/** What is done to the rows in a memory, by some kernel. */
type Act = (kernel: RowKernel, store: RowStore, memory: ArrayBuffer) => unknown;

/** Does the same with the kernel and with plain loops, and demands the same memory. */
function expectSame(given: Case, act: Act): void {
  const store = storeOf(given);
  const memory = store.sides.view.buffer;
  if (!(memory instanceof ArrayBuffer)) throw new TypeError('the memory is shared');
  const copy = memory.slice(0);
  const plain = plainKernel(copy, store.featureCount);
  expect(act(store.kernel, store, memory)).toEqual(act(plain, store, copy));
  expect(Buffer.from(memory).equals(Buffer.from(copy))).toBe(true);
}

describe('the kernel in WebAssembly does the same as plain loops, bit for bit:', () => {
  const holds = (act: Act) => {
    fc.assert(
      fc.property(rows, (given) => {
        expectSame(given, act);
      }),
      { numRuns: 60 },
    );
  };
  const all = ({ halves: [start, end] }: RowStore) => [start, end] as const;

  it('sorts values into bins', () => {
    holds((kernel, { rowCount, halves: [, values], histograms: { address } }, memory) => {
      const given = new Float64Array(memory, values, rowCount).map((_, row) => [Number.NaN, -9, 0.1, 21][row % 4]);
      new Float64Array(memory, values, rowCount).set(given);
      new Float64Array(memory, address, 256).fill(Infinity).set([-9, 0, 0.5, 20]);
      kernel.bin(values, values + 8 * rowCount, address, BINS_OFFSET);
    });
  });

  it('adds up residuals', () => {
    holds((kernel, store) => {
      const { scale, unit } = quantization(store.rowCount, 50);
      kernel.addResiduals(...all(store), store.histograms.address, scale, unit);
    });
  });

  it('adds up signs', () => {
    holds((kernel, store) => {
      kernel.addSigns(...all(store), store.histograms.address, (1n << 52n) + 5n, (1n << 52n) + 12n);
    });
  });

  it('leaves the sibling when a part is subtracted', () => {
    holds((kernel, store) => {
      const { address } = store.histograms;
      const [start, end] = all(store);
      kernel.addSigns(start, end, address, 7n, 11n);
      kernel.addSigns(start, start + store.rowBytes, address + store.histogramBytes, 7n, 11n);
      kernel.subtract(address, address + store.featureCount * HISTOGRAM_BYTES, address + store.histogramBytes);
    });
  });

  it('adds up words', () => {
    holds((kernel, store) => {
      const { address } = store.histograms;
      kernel.addSigns(...all(store), address, 5n, (3n << 62n) + 9n);
      return kernel.total(address, address + HISTOGRAM_BYTES);
    });
  });

  it('finds the best cut, with missing values on either side', () => {
    const limits = fc.record({ minSamplesLeaf: fc.integer({ min: 1, max: 9 }), l2: fc.constantFrom(0, 0.3, 20) });
    fc.assert(
      fc.property(rows, limits, fc.constantFrom(0, 1), (given, { minSamplesLeaf, l2 }, missing) => {
        expectSame(given, (kernel, store, memory) => {
          const { scale, unit, sumBits, offset } = quantization(store.rowCount, 50);
          const { address } = store.histograms;
          kernel.addResiduals(...all(store), address, scale, unit);
          const sum = given.residuals.reduce((total, residual) => total + Math.round(residual * scale), 0);
          new Float64Array(memory)[store.cut.address / 8] = (sum * sum) / (store.rowCount + l2);
          const node = [store.rowCount, sum, minSamplesLeaf, l2] as const;
          return kernel.scan(address, address + 8 * 4, missing, ...node, sumBits, offset, store.cut.address);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('divides rows between two sides', () => {
    holds((kernel, store) => {
      const [start, end] = all(store);
      kernel.divide(start, end, store.featureCount - 1, store.sides.address, end, end + end - store.rowBytes);
    });
  });

  it('subtracts a value from residuals and returns the largest', () => {
    holds((kernel, store) => {
      const [start, end] = all(store);
      return kernel.shift(start, end, end, 0.1);
    });
  });

  it('does so in place, too', () => {
    holds((kernel, store) => {
      const [start, end] = all(store);
      return kernel.shift(start, end, start, -3);
    });
  });
});
