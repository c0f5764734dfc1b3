import { mersenneTwister, nominalColumn, numericColumn, table, type Table } from '@scorecast/core';

/** Columns of names x0, x1 and so on. */
export function columns(...values: readonly ArrayLike<number>[]): Table {
  return table(values.map((column, j) => numericColumn(`x${j}`, column)));
}

/** Two scores, two one-hot categories and a target of whole numbers: rows with many ties, as in the exams. */
export function examsLike(rows: number, seed: number): { x: Table; y: Float64Array } {
  const random = mersenneTwister(seed);
  const draw = (levels: number) => Float64Array.from({ length: rows }, () => random.boundedInt(levels - 1));
  const [reading, writing, group, lunch, noise] = [draw(30), draw(30), draw(5), draw(2), draw(9)];
  const oneHot = (codes: Float64Array, levels: number) =>
    Array.from({ length: levels }, (_, level) => codes.map((code) => (code === level ? 1 : 0)));
  return {
    x: columns(reading, writing, ...oneHot(group, 5), ...oneHot(lunch, 2)),
    y: reading.map((score, i) => score + writing[i] + 3 * group[i] * lunch[i] + noise[i]),
  };
}

/** The same rows with missing values in the first two columns. */
export function withGaps(rows: number, seed: number): { x: Table; y: Float64Array } {
  const { x, y } = examsLike(rows, seed);
  const gaps = [7, 4].map((step) => (value: number, row: number) => (row % step === 3 ? Number.NaN : value));
  const values = x.columns.flatMap((column) => (column.kind === 'numeric' ? [column.values] : []));
  return { x: columns(...values.map((column, j) => (j < 2 ? column.map(gaps[j]) : column))), y };
}

/** The scores with gaps and a column of seven level codes, some of them missing, that tell three groups apart. */
export function withLevels(rows: number, seed: number): { x: Table; y: Float64Array } {
  const { x, y } = withGaps(rows, seed);
  const random = mersenneTwister(seed + 1);
  const codes = Array.from({ length: rows }, () => random.boundedInt(7));
  const level = nominalColumn(
    'level',
    codes.map((code) => (code === 7 ? Number.NaN : code)),
    7,
  );
  return { x: table([...x.columns.slice(0, 2), level]), y: y.map((score, row) => score + (codes[row] % 3) * 9) };
}
