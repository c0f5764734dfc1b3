import type { JsonReader } from '../schema/json-reader.js';

/** Reads a list of finite numbers, of this length where one is given. */
export function readNumbers(reader: JsonReader, input: unknown, path: string, length?: number): Float64Array {
  const items = reader.array(input, path);
  if (length !== undefined && items.length !== length) reader.note(path, `${length} numbers`);
  const values = new Float64Array(items.length);
  for (let i = 0; i < values.length; i++) {
    const item = items[i];
    // Paths are only built for what is wrong: a forest has millions of numbers. JSON can say 1e999, which is no number.
    values[i] = typeof item === 'number' && Number.isFinite(item) ? item : reader.number(item, `${path}[${i}]`);
  }
  return values;
}
