/**
 * JSON text that is the same for equal values: keys sorted, no blanks. Numbers are written as JavaScript does, the
 * shortest text that reads back as the same double.
 *
 * @example
 * canonicalJson({ b: 1, a: [true, null] }); // => '{"a":[true,null],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return canonicalList(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`;
}

/** A forest has millions of numbers: a list of nothing else is written in one go. */
function canonicalList(items: readonly unknown[]): string {
  if (items.every((item) => typeof item === 'number')) return JSON.stringify(items);
  return `[${items.map((item) => canonicalJson(item ?? null)).join(',')}]`;
}

/**
 * The SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits.
 *
 * Uses the platform's Web Crypto, so it works in Node and in browsers on secure pages (https or localhost).
 */
export async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
