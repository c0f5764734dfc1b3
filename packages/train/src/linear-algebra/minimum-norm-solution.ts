/**
 * The shortest of the vectors `w` that minimise `|A w - b|`, by a complete orthogonal decomposition: QR with column
 * pivoting finds the rank and a triangle `T`, reflections from the right turn `T` into a square one, which is solved.
 *
 * Source: G. H. Golub and C. F. Van Loan, "Matrix Computations", 4th ed., 5.4.7 and 5.5.
 *
 * @param columns The columns of `A`, at least as many rows as columns; used up.
 * @param b One number per row; used up.
 * @param cutoff Directions shorter than this share of the longest column count as zero.
 */
export function minimumNormSolution(columns: Float64Array[], b: Float64Array, cutoff: number): Float64Array {
  const order = Int32Array.from(columns.keys());
  const rank = triangularize(columns, order, b, cutoff);
  const reflections = squareOff(columns, rank);
  const solution = backSubstitute(columns, b, rank);
  reflections.forEach((made, i) => reflectSolution(solution, i, rank, made));
  const unpivoted = new Float64Array(columns.length);
  order.forEach((column, k) => (unpivoted[column] = solution[k]));
  return unpivoted;
}

/** Makes the columns upper triangular, longest remaining one first, and returns how many are not zero. */
function triangularize(columns: Float64Array[], order: Int32Array, b: Float64Array, cutoff: number): number {
  let longest = 0;
  for (let j = 0; j < columns.length; j++) {
    const { at, length } = longestColumn(columns, j);
    if (j === 0) longest = length;
    if (length <= cutoff * longest) return j;
    [columns[j], columns[at]] = [columns[at], columns[j]];
    [order[j], order[at]] = [order[at], order[j]];
    const made = reflection(columns[j].slice(j));
    columns[j][j] = made.reflected;
    for (const column of [...columns.slice(j + 1), b]) reflectColumn(column, j, made);
  }
  return columns.length;
}

function longestColumn(columns: readonly Float64Array[], from: number): { at: number; length: number } {
  let at = from;
  let most = -1;
  for (let k = from; k < columns.length; k++) {
    let squares = 0;
    for (let i = from; i < columns[k].length; i++) squares += columns[k][i] ** 2;
    if (squares > most) {
      most = squares;
      at = k;
    }
  }
  return { at, length: Math.sqrt(most) };
}

/** Reflects the rows of `T`, last first, so that nothing is left of them behind the square. */
function squareOff(columns: readonly Float64Array[], rank: number): readonly Reflection[] {
  const behind = columns.slice(rank);
  if (behind.length === 0) return [];
  const reflections: Reflection[] = [];
  for (let i = rank - 1; i >= 0; i--) {
    const touched = [columns[i], ...behind];
    const made = reflection(Float64Array.from(touched, (column) => column[i]));
    for (let above = 0; above < i; above++) reflectRow(touched, above, made);
    columns[i][i] = made.reflected;
    reflections.unshift(made);
  }
  return reflections;
}

/** Solves the square triangle; what is behind the rank stays zero. */
function backSubstitute(columns: readonly Float64Array[], b: Float64Array, rank: number): Float64Array {
  const solution = new Float64Array(columns.length);
  for (let i = rank - 1; i >= 0; i--) {
    let sum = b[i];
    for (let k = i + 1; k < rank; k++) sum -= columns[k][i] * solution[k];
    solution[i] = sum / columns[i][i];
  }
  return solution;
}

interface Reflection {
  readonly vector: Float64Array;
  /** 2 over the vector's squared length. */
  readonly scale: number;
  /** What the first component becomes; the others become zero. */
  readonly reflected: number;
}

/** The Householder reflection that turns `vector`, which it changes and must not be zero, onto the first axis. */
function reflection(vector: Float64Array): Reflection {
  let squares = 0;
  for (let i = 0; i < vector.length; i++) squares += vector[i] ** 2;
  const norm = Math.sqrt(squares);
  const reflected = vector[0] > 0 ? -norm : norm;
  const first = vector[0] - reflected;
  const scale = -1 / (reflected * first);
  vector[0] = first;
  return { vector, scale, reflected };
}

function reflectColumn(column: Float64Array, from: number, { vector, scale }: Reflection): void {
  let product = 0;
  for (let i = 0; i < vector.length; i++) product += vector[i] * column[from + i];
  for (let i = 0; i < vector.length; i++) column[from + i] -= scale * product * vector[i];
}

function reflectRow(columns: readonly Float64Array[], row: number, { vector, scale }: Reflection): void {
  let product = 0;
  for (let k = 0; k < vector.length; k++) product += vector[k] * columns[k][row];
  for (let k = 0; k < vector.length; k++) columns[k][row] -= scale * product * vector[k];
}

/** The first component of the vector meets entry `at` of the solution, the others what is behind the rank. */
function reflectSolution(solution: Float64Array, at: number, rank: number, { vector, scale }: Reflection): void {
  let product = vector[0] * solution[at];
  for (let k = rank; k < solution.length; k++) product += vector[k - rank + 1] * solution[k];
  solution[at] -= scale * product * vector[0];
  for (let k = rank; k < solution.length; k++) solution[k] -= scale * product * vector[k - rank + 1];
}
