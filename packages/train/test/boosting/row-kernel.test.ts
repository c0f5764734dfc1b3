import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantization } from '../../src/boosting/histogram/quantization.js';
import { HISTOGRAM_BYTES, type RowKernel } from '../../src/boosting/histogram/row-kernel.js';
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
  store.halves[0].residuals.view.set(residuals);
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
  const plain = plainKernel(copy, store.featureCount, store.halves[0].width);
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
  const all = ({ halves: [{ residuals, bins }], rowCount }: RowStore) =>
    [residuals.address, residuals.address + 8 * rowCount, bins.address] as const;

  it('sorts values into bins', () => {
    holds((kernel, { rowCount, halves: [{ residuals, bins }], histograms: { address } }, memory) => {
      const thresholds = new Float64Array(memory, address, 256);
      thresholds.fill(Infinity).set([-9, 0, 0.5, 20]);
      kernel.bin(residuals.address, residuals.address + 8 * rowCount, address, bins.address);
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
      const [start, end, bins] = all(store);
      kernel.addSigns(start, end, bins, address, 7n, 11n);
      kernel.addSigns(start, start + 8, bins, address + store.histogramBytes, 7n, 11n);
      kernel.subtract(address, address + store.featureCount * HISTOGRAM_BYTES, address + store.histogramBytes);
    });
  });

  it('divides rows between two sides', () => {
    holds((kernel, store) => {
      const [, { residuals, bins }] = store.halves;
      const places = [store.sides.address, residuals.address, bins.address] as const;
      kernel.divide(...all(store), store.featureCount - 1, ...places, 0, store.rowCount - 1);
    });
  });

  it('subtracts a value from residuals and returns the largest', () => {
    holds((kernel, store) => {
      const [start, end] = all(store);
      return kernel.shift(start, end, 0.1);
    });
  });
});
