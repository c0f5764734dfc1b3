/** One thing that is wrong with a JSON document. */
export interface JsonProblem {
  /** Where: `features[2].levels`. */
  readonly path: string;
  readonly expected: string;
}

/** How many problems are kept: a damaged file can have one per number, and nobody reads a second thousand. */
const MAX_PROBLEMS = 1000;

/**
 * Reads a JSON value of unknown shape piece by piece and collects the problems instead of stopping at the first.
 * Each reader returns a usable value even when it noted a problem, so that reading can go on.
 */
export class JsonReader {
  readonly problems: JsonProblem[] = [];

  note(path: string, expected: string): void {
    if (this.problems.length < MAX_PROBLEMS) {
      this.problems.push({ path: path === '' ? 'the document' : path, expected });
    }
  }

  object(value: unknown, path: string): Readonly<Record<string, unknown>> {
    if (isObject(value)) return value;
    this.note(path, 'an object');
    return {};
  }

  /** Notes every key that is not allowed: a misspelt key must not be silently ignored. */
  keys(value: Readonly<Record<string, unknown>>, path: string, allowed: readonly string[]): void {
    for (const key of Object.keys(value)) {
      if (!allowed.includes(key)) this.note(join(path, key), `one of the keys ${allowed.join(', ')}`);
    }
  }

  array(value: unknown, path: string): readonly unknown[] {
    if (Array.isArray(value)) return value;
    this.note(path, 'a list');
    return [];
  }

  string(value: unknown, path: string): string {
    if (typeof value === 'string' && value.length > 0) return value;
    this.note(path, 'a text that is not empty');
    return '';
  }

  strings(value: unknown, path: string): readonly string[] {
    return this.array(value, path).map((item, i) => {
      if (typeof item === 'string') return item;
      this.note(`${path}[${i}]`, 'a text');
      return '';
    });
  }

  boolean(value: unknown, path: string): boolean {
    if (typeof value === 'boolean') return value;
    this.note(path, 'true or false');
    return false;
  }

  number(value: unknown, path: string): number {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    this.note(path, 'a finite number');
    return 0;
  }

  integer(value: unknown, path: string, min: number, max = Number.MAX_SAFE_INTEGER): number {
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max) return value;
    this.note(
      path,
      max === Number.MAX_SAFE_INTEGER ? `an integer of at least ${min}` : `an integer from ${min} to ${max}`,
    );
    return min;
  }

  oneOf<const T extends string>(value: unknown, path: string, options: readonly T[]): T {
    const found = options.find((option) => option === value);
    if (found !== undefined) return found;
    this.note(path, options.map((option) => JSON.stringify(option)).join(' or '));
    return options[0];
  }
}

/** `parent.key`, or `key` at the top. */
export function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
