import { schemaFields, type Feature, type Schema } from '@scorecast/core';
import { serveError } from '../serve-error.js';
import { ADDED_COLUMNS } from './batch-job.js';

/** A column of the file that is a feature or an identifier of the schema. */
export interface KnownColumn {
  readonly name: string;
  /** Where it stands, from 0. */
  readonly at: number;
}

/**
 * Finds the features and identifiers among the columns of a file. Other columns are carried along: a class list has names in it.
 *
 * @throws SERVE_BATCH_UNREADABLE when a feature is missing or there twice, or a column has the name of an added one.
 */
export function readHeader(columns: readonly string[], schema: Schema): readonly KnownColumn[] {
  const added = columns.find((column) => ADDED_COLUMNS.some((name) => name === column));
  if (added !== undefined) {
    throw serveError('SERVE_BATCH_UNREADABLE', {
      reason: `it has a column ${JSON.stringify(added)} already`,
      expected: `no column of its own named ${ADDED_COLUMNS.join(', ')}; rename or remove it`,
    });
  }
  const find = ({ name, aliases }: Pick<Feature, 'name' | 'aliases'>) =>
    columns.flatMap((column, at) => ([name, ...aliases].includes(column) ? [{ name, at }] : []));
  const features = schema.features.flatMap((feature) => {
    const { name, optional } = feature;
    const found = find(feature);
    if (found.length === 1 || (found.length === 0 && optional)) return found;
    const many = found.map(({ at }) => JSON.stringify(columns[at])).join(' and ');
    throw serveError('SERVE_BATCH_UNREADABLE', {
      reason: found.length === 0 ? `it has no column ${JSON.stringify(name)}` : `${many} are the same field`,
      expected: `the columns ${schema.features.map((feature) => feature.name).join(', ')}, each once`,
    });
  });
  return [...features, ...schema.identifiers.flatMap((identifier) => find(identifier).slice(0, 1))];
}

/** How many of the schema's fields are among the columns. */
export function knownColumns(columns: readonly string[], schema: Schema): number {
  const known = new Set(schemaFields(schema).flatMap(({ name, aliases }) => [name, ...aliases]));
  return columns.filter((column) => known.has(column)).length;
}
