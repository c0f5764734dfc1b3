/** The fields of one JSON object of an answer. */
export type Fields = Readonly<Record<string, unknown>>;

/** The object that a value is; no fields where it is none. */
export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

/** The objects of a list; none where there is no list, since servers leave empty lists out. */
export function listOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.map(fieldsOf) : [];
}

/** A text, or '' where the server left it out. Numbers become texts: ids come as both. */
export function textOf(value: unknown): string {
  return textOrNull(value) ?? '';
}

/** A text, or null where the server left it out. */
export function textOrNull(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : null;
}

/** A number; `"NaN"` and `"Infinity"`, and digits in a text, are numbers too. NaN where there is none. */
export function numberOf(value: unknown): number {
  if (typeof value === 'string' && value.trim() !== '') return Number(value);
  return typeof value === 'number' ? value : Number.NaN;
}

/** A whole number, or null where the server left it out. */
export function integerOrNull(value: unknown): number | null {
  const number = numberOf(value);
  return Number.isFinite(number) ? number : null;
}

/** One of the words that are allowed, or the first of them. */
export function oneOf<Word extends string>(words: readonly [Word, ...Word[]], value: unknown): Word {
  return words.find((word) => word === value) ?? words[0];
}

/** What an answer that is an error says. */
export function errorCodeOf(text: string): { readonly code: string | null; readonly message: string | null } {
  try {
    const fields = fieldsOf(JSON.parse(text));
    // Servers of Scorecast say the exact code beside the one that MLflow's clients know.
    return {
      code: textOrNull(fields['scorecast_code'] ?? fields['error_code']),
      message: textOrNull(fields['message']),
    };
  } catch {
    return { code: null, message: null };
  }
}
