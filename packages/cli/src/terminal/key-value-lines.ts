import { textTable } from './text-table.js';

/**
 * A heading and pairs beneath it, aligned and indented; nothing where there are no pairs.
 *
 * @example
 * keyValueLines('params', [['alpha', '1'], ['seed', '42']]); // => ["params","  alpha  1","  seed   42"]
 */
export function keyValueLines(heading: string, pairs: readonly (readonly [string, string])[]): readonly string[] {
  if (pairs.length === 0) return [];
  const columns = [
    { heading: '', align: 'left' },
    { heading: '', align: 'left' },
  ] as const;
  const [, ...lines] = textTable(columns, pairs).split('\n');
  return [heading, ...lines.map((line) => `  ${line}`)];
}
