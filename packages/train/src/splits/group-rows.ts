import { trainError } from '../train-error.js';

/** Rows by group: the names of the groups in sorted order, and each row's place among them. */
export interface GroupedRows {
  readonly names: readonly string[];
  readonly groupOf: Int32Array;
  /** Rows per group. */
  readonly sizes: Int32Array;
}

/**
 * Numbers groups by their sorted names, as numpy's `unique`.
 *
 * @throws TRAIN_GROUP_MISSING for a row without a group.
 */
export function groupRows(groups: readonly (string | null)[]): GroupedRows {
  const unnamed = groups.indexOf(null);
  if (unnamed >= 0) throw trainError('TRAIN_GROUP_MISSING', { row: unnamed + 1 });
  const names = [...new Set(groups.filter((group) => group !== null))].sort();
  const numbers = new Map<string | null, number>(names.map((name, i) => [name, i]));
  const groupOf = Int32Array.from(groups, (group) => numbers.get(group) ?? -1);
  const sizes = new Int32Array(names.length);
  for (const group of groupOf) sizes[group]++;
  return { names, groupOf, sizes };
}
