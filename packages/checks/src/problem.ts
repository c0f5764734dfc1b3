import { mersenneTwister, numericColumn, table, type Table } from '@scorecast/core';

/** Something to learn. */
export interface Problem {
  readonly x: Table;
  readonly y: Float64Array;
}

/**
 * An easy problem: three standard normal columns and a category of three levels in one-hot columns decide the target up
 * to a little noise, `50 + 8 a - 5 b + 4 [level 1] + noise`; column c says nothing.
 */
export function easyProblem(rows: number, seed: number): Problem {
  const random = mersenneTwister(seed);
  const normals = () => Float64Array.from({ length: rows }, () => random.normal());
  const [a, b, c, noise] = [normals(), normals(), normals(), normals()];
  const level = Array.from({ length: rows }, () => random.boundedInt(2));
  const x = table([
    numericColumn('a', a),
    numericColumn('b', b),
    numericColumn('c', c),
    ...[0, 1, 2].map((code) =>
      numericColumn(
        `level=${code}`,
        level.map((found) => (found === code ? 1 : 0)),
      ),
    ),
  ]);
  return { x, y: noise.map((e, i) => 50 + 8 * a[i] - 5 * b[i] + (level[i] === 1 ? 4 : 0) + e) };
}
