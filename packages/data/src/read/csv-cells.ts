const QUOTE = 0x22;

/** Appends the cells of one record, which must be sound, to a list per field. */
export type CellReader = (bytes: Buffer, start: number, end: number, values: readonly (string | null)[][]) => void;

/**
 * Prepares the reading of a record's cells: the quotes taken off, null for an unquoted cell that is empty or means missing.
 *
 * @param columns How many cells a record has.
 * @param sources Per field the column that holds it; -1 when there is none.
 */
export function cellReader(
  separator: string,
  columns: number,
  sources: readonly number[],
  missing: readonly string[],
): CellReader {
  const separatorByte = separator.charCodeAt(0);
  const missingTexts = new Set(missing);
  const fieldOf = new Int32Array(columns).fill(-1);
  const absent = sources.flatMap((source, field) => (source < 0 ? [field] : []));
  sources.forEach((source, field) => {
    if (source >= 0) fieldOf[source] = field;
  });
  // Every byte of the file passes here: a plain loop, and text is made only of the cells that are wanted.
  return (bytes, start, end, values) => {
    let at = start;
    for (let column = 0; column < columns; column++) {
      const quoted = at < end && bytes[at] === QUOTE;
      const from = quoted ? at + 1 : at;
      let to = from;
      let allBits = 0;
      let doubled = false;
      if (quoted) {
        for (; to < end && (bytes[to] !== QUOTE || bytes[to + 1] === QUOTE); to++) {
          if (bytes[to] === QUOTE) {
            doubled = true;
            to++;
          }
          allBits |= bytes[to];
        }
      } else {
        for (; to < end && bytes[to] !== separatorByte; to++) allBits |= bytes[to];
      }
      at = quoted ? to + 2 : to + 1;
      const field = fieldOf[column];
      if (field < 0) continue;
      if (!quoted && to === from) {
        values[field].push(null);
        continue;
      }
      const text = bytes.toString(allBits < 0x80 ? 'latin1' : 'utf8', from, to);
      if (quoted) values[field].push(doubled ? text.replaceAll('""', '"') : text);
      else values[field].push(missingTexts.has(text) ? null : text);
    }
    for (const field of absent) values[field].push(null);
  };
}
