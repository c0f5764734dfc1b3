import { HISTOGRAM_BYTES, rowKernel, type RowKernel } from './row-kernel.js';

/**
 * Rows in the memory that the kernel works on, twice: dividing a node's rows copies them from one half to the other. The
 * order of rows means nothing, so they stay where the last tree left them.
 */
export interface RowStore {
  readonly rowCount: number;
  readonly featureCount: number;
  readonly kernel: RowKernel;
  readonly halves: readonly [Half, Half];
  /** What the kernel's `divide` looks up: 1 for the bins that go left. */
  readonly sides: Part<Uint8Array>;
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

/** One copy of the rows: residuals, and bins row by row. */
export interface Half {
  readonly residuals: Part<Float64Array>;
  readonly bins: Part<Uint8Array>;
  /** Bytes from row to row. */
  readonly width: number;
}

/** Sorts the values into bins and lays all out for the kernel; the residuals are still 0. */
export function rowStore(
  columns: readonly Float64Array[],
  thresholds: readonly Float64Array[],
  rowCount: number,
  slotCount: number,
): RowStore {
  const featureCount = columns.length;
  const width = 8 * Math.ceil(featureCount / 8);
  const histogramBytes = featureCount * HISTOGRAM_BYTES;
  const halfBytes = rowCount * (8 + width);
  const total = 2 * halfBytes + 256 + Math.max(slotCount * histogramBytes, 8 * 256);
  const { buffer, kernel } = rowKernel(total, featureCount, width);
  const half = (address: number): Half => ({
    residuals: { address, view: new Float64Array(buffer, address, rowCount) },
    bins: { address: address + 8 * rowCount, view: new Uint8Array(buffer, address + 8 * rowCount, rowCount * width) },
    width,
  });
  const halves = [half(0), half(halfBytes)] as const;
  const tail = 2 * halfBytes;
  const lookup = new Float64Array(buffer, tail + 256, 256);
  columns.forEach((column, feature) => {
    const { residuals, bins } = halves[0];
    residuals.view.set(column);
    lookup.fill(Infinity).set(thresholds[feature]);
    kernel.bin(residuals.address, residuals.address + 8 * rowCount, tail + 256, bins.address + feature);
  });
  halves[0].residuals.view.fill(0);
  return {
    rowCount,
    featureCount,
    kernel,
    halves,
    sides: { address: tail, view: new Uint8Array(buffer, tail, 256) },
    histograms: {
      address: tail + 256,
      view: new Uint32Array(buffer, tail + 256, (slotCount * histogramBytes) / 4),
    },
    slotCount,
    histogramBytes,
  };
}
