/** JSON in which bigints are whole numbers with all their digits, and numbers have a point: 1.0. */
export function exactJson(value: unknown): string {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'number') return exactNumber(value);
  if (Array.isArray(value)) return `[${value.map(exactJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${exactJson(item)}`).join(',')}}`;
  }
  return JSON.stringify(value ?? null);
}

function exactNumber(value: number): string {
  if (!Number.isFinite(value)) return JSON.stringify(String(value));
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? value.toFixed(1) : String(value);
}

const STRING_OR_WHOLE = /"(?:[^"\\]|\\.)*"|(?<![\d.eE+-])-?\d+(?![\d.eE])/gu;
const DIGITS = '\0digits';

/** Reads such JSON: whole numbers become bigints, and keep all their digits. */
export function parseExactJson(json: string): unknown {
  const marked = json.replace(STRING_OR_WHOLE, (token) =>
    token.startsWith('"') ? token : JSON.stringify({ [DIGITS]: token }),
  );
  const value: unknown = JSON.parse(marked, (_key, item: unknown) => digitsOf(item) ?? item);
  return value;
}

function digitsOf(item: unknown): bigint | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const digits: unknown = Reflect.get(item, DIGITS);
  return typeof digits === 'string' && /^-?\d+$/u.test(digits) ? BigInt(digits) : undefined;
}
