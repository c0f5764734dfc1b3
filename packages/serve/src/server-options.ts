import { serveError } from './serve-error.js';

/** How much is logged; each level includes those before it, `silent` is nothing. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** How a server behaves, whatever bundle it serves. */
export interface ServerOptions {
  /** Default `info`: one line of JSON per request. Input values are never logged. */
  readonly logLevel?: LogLevel;
  /** Where log lines go. Default: standard output. */
  readonly logStream?: { write(line: string): void };
  /** The largest body that is read. Default 4 MiB, enough for 10 000 records of the usual width. */
  readonly bodyLimitBytes?: number;
  /** The most records in one request. Default 10 000. */
  readonly maxRecords?: number;
  /** How long a request may take to arrive. Default 30 000. */
  readonly requestTimeoutMs?: number;
  /** The clock. Default: the system's. */
  readonly now?: () => Date;
}

/** {@link ServerOptions} with every default filled in; `logStream` stays absent for standard output. */
export type CompleteOptions = Required<Omit<ServerOptions, 'logStream'>> & Pick<ServerOptions, 'logStream'>;

/**
 * Fills in the defaults.
 *
 * @throws SERVE_OPTION when a limit is not a positive whole number.
 */
export function completeOptions(options: ServerOptions): CompleteOptions {
  return {
    logLevel: options.logLevel ?? 'info',
    ...(options.logStream === undefined ? {} : { logStream: options.logStream }),
    bodyLimitBytes: positive('bodyLimitBytes', options.bodyLimitBytes ?? 4 * 1024 * 1024),
    maxRecords: positive('maxRecords', options.maxRecords ?? 10_000),
    requestTimeoutMs: positive('requestTimeoutMs', options.requestTimeoutMs ?? 30_000),
    now: options.now ?? (() => new Date()),
  };
}

function positive(option: string, value: number): number {
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw serveError('SERVE_OPTION', { option, value, expected: 'a whole number of at least 1' });
}
