import { closestName, fieldIndex, type Problem } from '@scorecast/core';
import type { WantedField } from './wanted-field.js';

/** Which column of a file holds which field. */
export interface ResolvedColumns {
  /** Per field the column's place in the file; -1 when the file has no such column. */
  readonly sources: readonly number[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
}

/**
 * Finds fields among the columns of a file, by name or alias, to the letter.
 *
 * @param columns The file's column names.
 * @param passedOver Names that the schema knows but this reading does not need.
 */
export function resolveColumns(
  columns: readonly string[],
  fields: readonly WantedField[],
  passedOver: ReadonlySet<string>,
): ResolvedColumns {
  const index = fieldIndex(fields);
  const sources = fields.map(() => -1);
  const problems: Problem[] = [];
  const warnings: string[] = [];
  const seen = new Set<string>();
  const unknown: string[] = [];
  columns.forEach((column, c) => {
    const f = index.get(column);
    if (column !== '' && seen.has(column)) {
      problems.push({ code: 'duplicate-column', column, expected: 'every column once' });
    } else if (f === undefined) {
      if (column === '') warnings.push(`column ${c + 1} has no name and was ignored`);
      else if (!passedOver.has(column)) unknown.push(column);
    } else if (sources[f] >= 0) {
      problems.push({ code: 'duplicate-column', column: fields[f].name, value: column, expected: 'one column' });
    } else {
      sources[f] = c;
    }
    seen.add(column);
  });
  fields.forEach((field, f) => {
    if (sources[f] >= 0) return;
    if (field.required) problems.push(missingColumn(field, unknown, columns));
    else warnings.push(`the file has no column ${JSON.stringify(field.name)}`);
  });
  for (const column of unknown) warnings.push(`column ${JSON.stringify(column)} is not in the schema and was ignored`);
  return { sources, problems, warnings };
}

/** How many of the file's columns a problem names. */
const NAMED = 20;

function missingColumn(field: WantedField, unknown: readonly string[], columns: readonly string[]): Problem {
  const meant = closestName(field.name, unknown);
  const names = [field.name, ...field.aliases].map((name) => JSON.stringify(name)).join(' or ');
  const found = columns.slice(0, NAMED).map((column) => JSON.stringify(column.slice(0, 80)));
  const more = columns.length > NAMED ? ` and ${columns.length - NAMED} more` : '';
  const hint =
    meant === undefined ? `the file has ${found.join(', ')}${more}` : `the file's ${JSON.stringify(meant)} is near`;
  return { code: 'missing-column', column: field.name, expected: `${names}; ${hint}` };
}
