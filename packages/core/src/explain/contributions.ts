/** What moves predictions away from a base: by column or feature, then by row. */
export interface Contributions {
  readonly base: number;
  readonly values: readonly Float64Array[];
}

/** Adds up the contributions of columns that were made from one feature. */
export function addByFeature(
  { base, values }: Contributions,
  owners: readonly number[],
  featureCount: number,
  rowCount: number,
): Contributions {
  const sums = Array.from({ length: featureCount }, () => new Float64Array(rowCount));
  values.forEach((column, j) => {
    const sum = sums[owners[j]];
    for (let i = 0; i < rowCount; i++) sum[i] += column[i];
  });
  return { base, values: sums };
}
