/**
 * A value as one line of JSON with its line end. NaN and the infinities, which JSON does not have, become their names.
 *
 * @example
 * jsonText({ r2: 0.5, loss: NaN }); // => '{"r2":0.5,"loss":"NaN"}\n'
 */
export function jsonText(value: unknown): string {
  const spelled = (_key: string, one: unknown) =>
    typeof one === 'number' && !Number.isFinite(one) ? String(one) : one;
  return `${JSON.stringify(value, spelled)}\n`;
}

/** Every item as a line of JSON. */
export function jsonLines(items: readonly unknown[]): string {
  return items.map(jsonText).join('');
}
