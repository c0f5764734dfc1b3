const QUOTE = 0x22;
const SEPARATORS = [',', ';', '\t', '|'];

/** How far the header at the beginning of a file goes. */
export interface HeaderExtent {
  /** Offset of the first line end behind something, outside quotes; -1 when it is not there yet. */
  readonly end: number;
  /** Whether a quote is open at the end of the bytes. */
  readonly inQuotes: boolean;
}

/**
 * Finds the end of the header before the separator is known: a quote opens behind anything that may be one.
 *
 * @param bytes The beginning of a CSV file.
 * @param given The separator, where it is known.
 */
export function headerExtent(bytes: Uint8Array, given: string | undefined): HeaderExtent {
  const separators = new Set((given === undefined ? SEPARATORS : [given]).map((separator) => separator.charCodeAt(0)));
  let inQuotes = false;
  let cellStart = true;
  let closedAt = -2;
  let started = false;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    const lineEnd = byte === 0x0a || byte === 0x0d;
    if (lineEnd && started && !inQuotes) return { end: i, inQuotes };
    if (byte === QUOTE && inQuotes) {
      inQuotes = false;
      closedAt = i;
    } else if (byte === QUOTE && (cellStart || closedAt === i - 1)) {
      inQuotes = true;
    }
    cellStart = lineEnd || separators.has(byte);
    started ||= !lineEnd;
  }
  return { end: -1, inQuotes };
}

/** The names in a header line; quotes are taken off and doubled ones made single. */
export function headerNames(line: string, separator: string): readonly string[] {
  const names: string[] = [];
  let name = '';
  let inQuotes = false;
  for (let i = 0; i < line.length; i++) {
    const quote = line[i] === '"' && (inQuotes || name === '');
    if (quote && inQuotes && line[i + 1] === '"') name += line[i++];
    else if (quote) inQuotes = !inQuotes;
    else if (line[i] === separator && !inQuotes) {
      names.push(name);
      name = '';
    } else name += line[i];
  }
  return [...names, name];
}

/**
 * The separator of a header line: the one by which most of its names are known, then the one that gives most names.
 *
 * @param known Names that the file should have; may be empty.
 */
export function detectSeparator(line: string, known: ReadonlySet<string>): string {
  let best = { separator: ',', found: -1, count: -1 };
  for (const separator of SEPARATORS) {
    const names = headerNames(line, separator);
    const found = names.filter((name) => known.has(name)).length;
    if (found > best.found || (found === best.found && names.length > best.count)) {
      best = { separator, found, count: names.length };
    }
  }
  return best.separator;
}
