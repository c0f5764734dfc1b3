import { recordParser, type Schema, type Table } from '@scorecast/core';

/** The records of CSV text without quotes, by column name; an empty cell is missing. */
export function readRecords(csv: string): readonly Readonly<Record<string, string | undefined>>[] {
  const [header, ...lines] = csv.trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i], cell || undefined])));
}

/** The features of a sample, validated by its schema, and its target. */
export function readSample(csv: string, schema: Schema): { features: Table; target: Float64Array } {
  const records = readRecords(csv);
  return {
    features: recordParser(schema)(records, 'text'),
    target: Float64Array.from(records, (record) => Number(record[schema.target.name])),
  };
}
