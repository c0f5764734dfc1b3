// The server's answers are unknown until they are read: each reader takes what it needs and leaves the rest.

/** A field of an object; undefined where there is none. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

/** A text, or undefined. */
export function optionalText(value: unknown, name: string): string | undefined {
  const found = field(value, name);
  return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : undefined;
}

/** A text; the empty one where there is none. */
export function text(value: unknown, name: string): string {
  return optionalText(value, name) ?? '';
}

/** A number; NaN and the infinities arrive as texts, since JSON has none. */
export function number(value: unknown, name: string): number | undefined {
  const found = field(value, name);
  if (typeof found === 'number') return found;
  return typeof found === 'string' && found !== '' ? Number(found) : undefined;
}

/** Yes or no; no where nothing is said. */
export function flag(value: unknown, name: string): boolean {
  return field(value, name) === true;
}

/** A list of what `read` makes of the items; empty where there is none. */
export function list<T>(value: unknown, name: string, read: (item: unknown) => T): readonly T[] {
  const found = field(value, name);
  return Array.isArray(found) ? found.map(read) : [];
}

/** Pairs of `key` and `value` as a map. */
export function pairs(value: unknown, name: string): ReadonlyMap<string, string> {
  return new Map(list(value, name, (item) => [text(item, 'key'), text(item, 'value')] as const));
}
