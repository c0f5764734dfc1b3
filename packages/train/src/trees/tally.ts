/**
 * A number of rows and the sum of their weights in one double, which is exact below 2^26 of each: the rows on top. One
 * addition counts both.
 */
export const ROW = 2 ** 26;

/** How many rows a tally counts; the rest of it is their weight. */
export function rowsOf(tally: number): number {
  return Math.floor(tally / ROW);
}
