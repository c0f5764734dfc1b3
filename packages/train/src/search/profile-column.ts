import { mean, quantile, standardDeviation, type Column, type ColumnProfile } from '@scorecast/core';

/**
 * What a training column looked like: the reference against which later data is compared.
 *
 * Numeric: mean, standard deviation (ddof 0), minimum, quartiles and maximum of the values that are there.
 * Categorical: how often each level occurred, in the levels' order, those that never did too.
 *
 * @param column A column with at least one value.
 * @example
 * profileColumn(categoricalColumn('lunch', [0, 0, -1], ['standard', 'free/reduced'])).missing; // => 1
 */
export function profileColumn(column: Column): ColumnProfile {
  const { name } = column;
  if (column.kind === 'categorical') {
    const counts = new Int32Array(column.levels.length);
    for (const code of column.codes) if (code >= 0) counts[code]++;
    return {
      kind: 'categorical',
      name,
      missing: column.codes.length - counts.reduce((sum, count) => sum + count, 0),
      counts: column.levels.map((level, code) => ({ level, count: counts[code] })),
    };
  }
  const present = column.values.filter((value) => !Number.isNaN(value)).sort();
  return {
    kind: 'numeric',
    name,
    missing: column.values.length - present.length,
    mean: mean(present),
    sd: standardDeviation(present),
    quantiles: [
      present[0],
      quantile(present, 0.25),
      quantile(present, 0.5),
      quantile(present, 0.75),
      present.at(-1) ?? Number.NaN,
    ],
  };
}
