/**
 * JSON text that is the same for equal values: keys sorted, no blanks. Numbers are written as JavaScript does, the
 * shortest text that reads back as the same double.
 *
 * @example
 * canonicalJson({ b: 1, a: [true, null] }); // => '{"a":[true,null],"b":1}'
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
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
