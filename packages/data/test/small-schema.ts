import { columnOf, defineSchema, type Schema } from '@scorecast/core';
import type { Dataset } from '../src/index.js';

/** Five columns, one of each kind: id, hours (may be missing), lunch, effort (may be missing), score. */
export const small: Schema = defineSchema({
  name: 'small',
  identifiers: [{ name: 'id' }],
  features: [
    { kind: 'numeric', name: 'hours', aliases: ['study hours'], min: 0, max: 24, optional: true },
    { kind: 'nominal', name: 'lunch', levels: ['standard', 'none', ''] },
    { kind: 'ordinal', name: 'effort', levels: ['low', 'high'], optional: true },
  ],
  target: { name: 'score', min: 0, max: 100 },
});

/** A dataset's rows as lists: identifier, hours, lunch, effort, score; null where a value is missing. */
export function rowsOf(dataset: Dataset): readonly (readonly (string | number | null)[])[] {
  return Array.from(dataset.rowNumbers, (_, row) => [
    dataset.identifiers[0]?.values[row] ?? null,
    ...small.features.map((feature) => {
      const column = columnOf(dataset.features, feature.name);
      if (column.kind === 'numeric') return Number.isNaN(column.values[row]) ? null : column.values[row];
      return column.codes[row] < 0 ? null : column.levels[column.codes[row]];
    }),
    dataset.target[row],
  ]);
}
