import { trackError } from '../track-error.js';

/** What became of a statement that failed. */
export type PostgresTrouble = 'lost' | 'conflict' | 'other';

/** SQLSTATE classes and codes after which nothing was kept, so that the work can be run again. */
const conflicts: ReadonlySet<string> = new Set(['40001', '40P01', '55P03', '26000', '42P05', '0A000']);
/** Texts that are too long or hold the character 0, and numbers that are too large. */
const unstorable: ReadonlySet<string> = new Set(['22001', '22003', '22021', '22P05']);
const shutdowns: ReadonlySet<string> = new Set(['57P01', '57P02', '57P03']);
const networkCodes: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** Sorts an error of the driver: the connection was lost, two transactions were in each other's way, or else. */
export function postgresTrouble(error: unknown): PostgresTrouble {
  const code = postgresCode(error);
  if (conflicts.has(code)) return 'conflict';
  if (shutdowns.has(code) || networkCodes.has(code) || code.startsWith('08')) return 'lost';
  // The driver gives these no code.
  if (
    error instanceof Error &&
    /connection (terminated|ended|timeout)|not queryable|timeout exceeded/iu.test(error.message)
  ) {
    return 'lost';
  }
  return 'other';
}

/** The error to answer with: PostgreSQL's own troubles become one that says what to do, others stay as they are. */
export function postgresFailure(error: unknown): Error {
  const code = postgresCode(error);
  if (postgresTrouble(error) !== 'other' || code.startsWith('53')) {
    const reason = error instanceof Error ? error.message : 'the connection was lost';
    return trackError(
      'TEMPORARILY_UNAVAILABLE',
      { message: `The database cannot be used now: ${reason}` },
      { cause: error },
    );
  }
  if (code === '57014') {
    const message = 'The database took too long to answer. Ask for less at a time, or narrow the filter.';
    return trackError('TEMPORARILY_UNAVAILABLE', { message }, { cause: error });
  }
  if (unstorable.has(code)) {
    const reason = error instanceof Error ? error.message : code;
    return trackError(
      'INVALID_PARAMETER_VALUE',
      { message: `The value cannot be stored: ${reason}` },
      { cause: error },
    );
  }
  return error instanceof Error ? error : new Error(String(error));
}

/** The SQLSTATE of an error, or the code that the network gave it; empty when it has none. */
export function postgresCode(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
