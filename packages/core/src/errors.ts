/** What all copies of {@link ScorecastError} know each other by. */
const MARK = Symbol.for('scorecast.error');

/**
 * The base of every error that Scorecast throws on purpose.
 *
 * `code` is stable and documented; `message` follows one grammar: what, where, expected, next step.
 * `status` is the HTTP status and `exitCode` the process exit code that the code maps to.
 */
export class ScorecastError extends Error {
  readonly code: string;
  readonly status: number;
  readonly exitCode: number;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    entry: { readonly status: number; readonly exitCode: number },
    message: string,
    details: Readonly<Record<string, unknown>>,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'ScorecastError';
    this.code = code;
    this.status = entry.status;
    this.exitCode = entry.exitCode;
    this.details = details;
  }

  static {
    Object.defineProperty(this.prototype, MARK, { value: true });
  }

  /** Also of an error that another copy of this class made: a bundled program and its add-on have one each. */
  static override [Symbol.hasInstance](value: unknown): value is ScorecastError {
    return typeof value === 'object' && value !== null && MARK in value;
  }
}

/** One row of a package's error table: how a code is answered, and how its message is worded from its details. */
export interface ErrorEntry<Details extends object> {
  /** HTTP status, 400 to 599. */
  readonly status: number;
  /** Process exit code: 1 failure, 2 usage, 3 invalid data, 4 bundle refused, 5 gate not passed, 130 cancelled. */
  readonly exitCode: number;
  message(this: void, details: Details): string;
}

/**
 * Makes a package's error factory from its table, so that code, status, exit code and wording stand in one place.
 *
 * @example
 * const paperError = errorFactory({
 *   PAPER_JAM: { status: 500, exitCode: 1, message: (d: { tray: number }) => `tray ${d.tray} is jammed` },
 * });
 * paperError('PAPER_JAM', { tray: 2 }).message; // => "tray 2 is jammed"
 */
export function errorFactory<Details extends Record<string, object>>(table: {
  readonly [Code in keyof Details]: ErrorEntry<Details[Code]>;
}) {
  return <Code extends keyof Details & string>(
    code: Code,
    details: Details[Code],
    options?: ErrorOptions,
  ): ScorecastError => {
    const entry = table[code];
    return new ScorecastError(
      code,
      entry,
      entry.message(details),
      Object.fromEntries(Object.entries(details)),
      options,
    );
  };
}
