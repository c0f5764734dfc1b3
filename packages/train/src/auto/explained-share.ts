import { mean, type Column } from '@scorecast/core';

/** With fewer rows per group a mean is too much of its own rows. */
const MIN_ROWS_PER_GROUP = 5;

/**
 * How much of the target one column explains by itself: the larger of the squared correlation (numbers) and the share
 * of variance between the groups of equal values, adjusted for their number. Missing values count as a group; a number
 * that most rows miss explains nothing by its correlation in the others.
 *
 * @returns From 0 to 1.
 */
export function explainedShare(column: Column, target: Float64Array): number {
  const values = column.kind === 'numeric' ? column.values : Float64Array.from(column.codes);
  const byGroup = groupShare(values, target);
  return Math.max(0, column.kind === 'numeric' ? Math.max(byGroup, squaredCorrelation(values, target)) : byGroup);
}

function squaredCorrelation(values: Float64Array, target: Float64Array): number {
  const rows = Array.from(values.keys()).filter((row) => !Number.isNaN(values[row]));
  if (rows.length < values.length / 2) return 0;
  const centre = mean(rows.map((row) => values[row]));
  const targetCentre = mean(rows.map((row) => target[row]));
  let own = 0;
  let both = 0;
  let total = 0;
  for (const row of rows) {
    own += (values[row] - centre) ** 2;
    both += (values[row] - centre) * (target[row] - targetCentre);
    total += (target[row] - targetCentre) ** 2;
  }
  return own > 0 && total > 0 ? (both * both) / (own * total) : 0;
}

/** The adjusted share, `1 - (1 - R2) (n - 1) / (n - groups)`; 0 where groups are too small to say anything. */
function groupShare(values: Float64Array, target: Float64Array): number {
  const groups = new Map<number, { count: number; sum: number }>();
  values.forEach((value, row) => {
    const group = groups.get(value) ?? { count: 0, sum: 0 };
    group.count++;
    group.sum += target[row];
    groups.set(value, group);
  });
  if (groups.size * MIN_ROWS_PER_GROUP > values.length) return 0;
  const centre = mean(target);
  const total = target.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  let between = 0;
  for (const { count, sum } of groups.values()) between += count * (sum / count - centre) ** 2;
  if (total === 0) return 0;
  return 1 - ((1 - between / total) * (values.length - 1)) / (values.length - groups.size);
}
