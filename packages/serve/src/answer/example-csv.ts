import type { Bundle } from '@scorecast/core';
import { csvLine } from './csv-line.js';

/** A file that the model reads: a header, and at most so many of the rows that the bundle brings along. */
export function exampleCsv({ schema, replay }: Bundle, rows: number): string {
  const names = schema.features.map(({ name }) => name);
  const lines = replay.rows.slice(0, rows).map((row) =>
    names.map((name) => {
      const value = row[name] ?? null;
      return value === null ? null : String(value);
    }),
  );
  return [names, ...lines].map((cells) => csvLine(cells)).join('');
}
