const QUOTE = 0x22;
const SEPARATORS = [',', ';', '\t', '|'];

/**
 * Where the header ends: the offset of the first line end behind something, outside quotes; -1 when it is not there yet.
 *
 * @param bytes The beginning of a CSV file.
 */
export function headerEnd(bytes: Uint8Array): number {
  let inQuotes = false;
  let started = false;
  for (let i = 0; i < bytes.length; i++) {
    const lineEnd = bytes[i] === 0x0a || bytes[i] === 0x0d;
    if (bytes[i] === QUOTE) inQuotes = !inQuotes;
    if (lineEnd && started && !inQuotes) return i;
    started ||= !lineEnd;
  }
  return -1;
}

/** Whether a quote is open at the end of a header that is not complete. */
export function endsInQuotes(bytes: Uint8Array): boolean {
  return bytes.filter((byte) => byte === QUOTE).length % 2 === 1;
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
