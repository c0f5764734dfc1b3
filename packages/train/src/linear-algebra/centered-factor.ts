import { absorbRows } from './absorb-rows.js';

/**
 * All that a linear model needs of its training rows: the means, and the triangular factor of the centred columns with
 * the centred target as the last column. Every sum of products of two columns is one of two columns of the factor.
 */
export interface CenteredFactor {
  readonly rowCount: number;
  readonly means: Float64Array;
  readonly targetMean: number;
  /** The number of features and one. */
  readonly width: number;
  /** `width * width` numbers, row by row, zero below the diagonal. */
  readonly factor: Float64Array;
}

/** Rows in one block: with some dozens of columns it stays in the processor's cache. */
const BLOCK_ROWS = 512;

/** Reduces training rows to their centred factor, a block of rows at a time. */
export function centeredFactor(columns: readonly Float64Array[], y: Float64Array): CenteredFactor {
  const all = [...columns, y];
  const means = Float64Array.from(all, refinedMean);
  const width = all.length;
  const factor = new Float64Array(width * width);
  const stride = Math.min(BLOCK_ROWS, y.length);
  const block = new Float64Array(stride * width);
  for (let start = 0; start < y.length; start += stride) {
    const rowCount = Math.min(stride, y.length - start);
    all.forEach((values, k) => {
      for (let i = 0; i < rowCount; i++) block[k * stride + i] = values[start + i] - means[k];
    });
    absorbRows(factor, width, block, stride, rowCount);
  }
  return { rowCount: y.length, means: means.subarray(0, width - 1), targetMean: means[width - 1], width, factor };
}

/** The factor by columns: copies, which may be changed. Only the target has the last row, the residual's length. */
export function factorColumns({ factor, width }: CenteredFactor): { columns: Float64Array[]; target: Float64Array } {
  const column = (k: number, length: number) => Float64Array.from({ length }, (_, i) => factor[i * width + k]);
  return {
    columns: Array.from({ length: width - 1 }, (_, j) => column(j, width - 1)),
    target: column(width - 1, width),
  };
}

/** The mean, corrected by the mean of what is left: a column of one value becomes exactly zero when it is centred. */
function refinedMean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  const first = sum / values.length;
  let rest = 0;
  for (let i = 0; i < values.length; i++) rest += values[i] - first;
  return first + rest / values.length;
}
