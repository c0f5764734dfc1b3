/**
 * Folds more rows into a triangular factor: afterwards `factor' factor` has grown by `rows' rows`, and `factor` is upper
 * triangular again. Householder reflections, one per column, each touching one row of the factor and all new rows; as
 * accurate as a QR decomposition of all rows at once, in the memory of one block.
 *
 * Source: G. H. Golub and C. F. Van Loan, "Matrix Computations", 4th ed., 5.1 and 6.5.
 *
 * @param factor `width * width` numbers, row by row; changed.
 * @param block The new rows, column by column: row i of column k is `block[k * stride + i]`; used up.
 * @param rowCount How many rows the block holds, at most `stride`.
 */
export function absorbRows(
  factor: Float64Array,
  width: number,
  block: Float64Array,
  stride: number,
  rowCount: number,
): void {
  for (let j = 0; j < width; j++) {
    const head = j * stride;
    const squares = dot(block, head, head, rowCount);
    if (squares === 0) continue;
    const diagonal = factor[j * width + j];
    const norm = Math.sqrt(diagonal * diagonal + squares);
    const reflected = diagonal > 0 ? -norm : norm;
    // The reflection's vector is `first` above the block's column; `scale` is 2 over its squared length.
    const first = diagonal - reflected;
    const scale = -1 / (reflected * first);
    factor[j * width + j] = reflected;
    for (let k = j + 1; k < width; k++) {
      const at = j * width + k;
      const step = scale * (first * factor[at] + dot(block, head, k * stride, rowCount));
      factor[at] -= step * first;
      subtract(block, k * stride, head, step, rowCount);
    }
  }
}

// Plain loops, over four sums in the first: these two are where the time of a linear fit goes.

function dot(values: Float64Array, left: number, right: number, length: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < length; i += 4) {
    a += values[left + i] * values[right + i];
    b += values[left + i + 1] * values[right + i + 1];
    c += values[left + i + 2] * values[right + i + 2];
    d += values[left + i + 3] * values[right + i + 3];
  }
  for (; i < length; i++) a += values[left + i] * values[right + i];
  return a + b + (c + d);
}

function subtract(values: Float64Array, target: number, source: number, factor: number, length: number): void {
  for (let i = 0; i < length; i++) values[target + i] -= factor * values[source + i];
}
