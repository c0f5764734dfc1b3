import { rowKernel, type RowKernel } from './row-kernel.js';
import { BINS_OFFSET, HISTOGRAM_BYTES, rowBytes } from './row-layout.js';

/**
 * Rows in the memory that the kernel works on, twice: dividing a node's rows copies them from one half to the other. The
 * order of rows means nothing, so they stay where the last tree left them.
 */
export interface RowStore {
  readonly rowCount: number;
  readonly rowBytes: number;
  readonly featureCount: number;
  readonly kernel: RowKernel;
  /** Where the halves begin. */
  readonly halves: readonly [number, number];
  /** All of the memory as doubles: a row's first one is its residual. */
  readonly doubles: Float64Array;
  /** What the kernel's `divide` looks up: 1 for the bins that go left. */
  readonly sides: Part<Uint8Array>;
  /** The best cut that the kernel's `scan` has found. */
  readonly cut: Part<Float64Array>;
  /** Histograms, one after the other: for each feature 256 words, each as its low and its high half. */
  readonly histograms: Part<Uint32Array>;
  readonly slotCount: number;
  /** The bytes of a node's histograms, of all features. */
  readonly histogramBytes: number;
}

/** A part of the memory: where it begins, and a view of it. */
interface Part<V> {
  readonly address: number;
  readonly view: V;
}

/** Sorts the values into bins and lays all out for the kernel; the residuals are still 0. */
export function rowStore(
  columns: readonly Float64Array[],
  thresholds: readonly Float64Array[],
  rowCount: number,
  slotCount: number,
): RowStore {
  const featureCount = columns.length;
  const bytes = rowBytes(featureCount);
  const histogramBytes = featureCount * HISTOGRAM_BYTES;
  const [SIDES, CUT, LOOKUP] = [256, 32, 2048];
  const sides = 2 * rowCount * bytes;
  const cut = sides + SIDES;
  const histograms = cut + CUT;
  const { buffer, kernel } = rowKernel(histograms + Math.max(slotCount * histogramBytes, LOOKUP), featureCount);
  const halves = [0, rowCount * bytes] as const;
  // Before there are histograms and a second half, values and thresholds lie in their place.
  const lookup = new Float64Array(buffer, histograms, LOOKUP / 8);
  const values = new Float64Array(buffer, halves[1], rowCount);
  columns.forEach((column, feature) => {
    values.set(column);
    lookup.fill(Infinity).set(thresholds[feature]);
    kernel.bin(halves[1], halves[1] + 8 * rowCount, histograms, halves[0] + BINS_OFFSET + feature);
  });
  return {
    rowCount,
    rowBytes: bytes,
    featureCount,
    kernel,
    halves,
    doubles: new Float64Array(buffer),
    sides: { address: sides, view: new Uint8Array(buffer, sides, SIDES) },
    cut: { address: cut, view: new Float64Array(buffer, cut, CUT / 8) },
    histograms: { address: histograms, view: new Uint32Array(buffer, histograms, (slotCount * histogramBytes) / 4) },
    slotCount,
    histogramBytes,
  };
}

/** Where a row of a half begins. */
export function rowAddress({ halves, rowBytes }: RowStore, half: 0 | 1, row: number): number {
  return halves[half] + row * rowBytes;
}
