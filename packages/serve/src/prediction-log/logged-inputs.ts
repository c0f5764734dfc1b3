import { createHmac } from 'node:crypto';
import { canonicalJson, rowRecord, type Schema, type Table } from '@scorecast/core';

/** How much of a record is logged. */
export type LogInputs = 'none' | 'hashed' | 'full';

/** An identifier is a name or number; what is longer is cut, so that no request makes lines of megabytes. */
const IDENTIFIER_LENGTH = 200;

/** Writes the features of a row as one JSON object, in the schema's order. What is the same in all rows is prepared. */
export function inputWriter({ features }: Schema): (source: Table, row: number) => string {
  const keys = features.map(({ name }, f) => `${f === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  const levels = features.map((feature) =>
    feature.kind === 'numeric' ? [] : feature.levels.map((level) => JSON.stringify(level)),
  );
  return ({ columns }, row) => {
    let text = '';
    // Hot: once per value that is logged.
    for (let f = 0; f < keys.length; f++) {
      const column = columns[f];
      if (column.kind === 'numeric') text += keys[f] + numberText(column.values[row]);
      else text += keys[f] + (column.codes[row] < 0 ? 'null' : levels[f][column.codes[row]]);
    }
    return `${text}}`;
  };
}

/**
 * The HMAC-SHA-256 of a row's features as canonical JSON: the same for the same record, in whatever order and under
 * whatever alias its values came, and not to be told from chance without the key.
 */
export function inputsHash(source: Table, row: number, key: string): string {
  return createHmac('sha256', key)
    .update(canonicalJson(rowRecord(source, row)))
    .digest('hex');
}

/** Writes the identifiers that a record brought, by their names in the schema; null where it brought none. */
export function identifiersOf(record: unknown, { identifiers }: Schema): string | null {
  if (typeof record !== 'object' || record === null) return null;
  const sent = new Map<string, unknown>(Object.entries(record));
  const found = identifiers.flatMap(({ name, aliases }): [string, string | number][] => {
    const value = [name, ...aliases].map((key) => sent.get(key)).find((one) => one !== undefined && one !== null);
    if (typeof value === 'number') return [[name, value]];
    return typeof value === 'string' ? [[name, value.slice(0, IDENTIFIER_LENGTH)]] : [];
  });
  return found.length === 0 ? null : JSON.stringify(Object.fromEntries(found));
}

function numberText(value: number): string {
  return Number.isNaN(value) ? 'null' : String(value);
}
