import { columnOf, type Table } from '../table/table.js';

/**
 * What a transformer learned, by column name.
 *
 * @throws TABLE_NO_COLUMN when the table lacks one of the columns.
 */
export function columnsByName<T extends { readonly name: string }>(
  learned: readonly T[],
  source: Table,
): ReadonlyMap<string, T> {
  for (const { name } of learned) columnOf(source, name);
  return new Map(learned.map((entry) => [entry.name, entry]));
}
