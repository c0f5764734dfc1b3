import { errorFactory } from '@scorecast/core';

interface Told {
  readonly message: string;
}

const told = (details: Told): string => details.message;

/**
 * The errors of tracking.
 *
 * Most codes are MLflow's own `error_code`s, because its clients branch on them; their messages are worded where they
 * are thrown, as MLflow words them. Codes that begin with TRACK_ are ours: they stop a program from starting and are
 * never answered to a client.
 */
export const trackErrors = {
  INVALID_PARAMETER_VALUE: { status: 400, exitCode: 2, message: told },
  BAD_REQUEST: { status: 400, exitCode: 2, message: told },
  RESOURCE_ALREADY_EXISTS: { status: 400, exitCode: 1, message: told },
  UNAUTHENTICATED: { status: 401, exitCode: 1, message: told },
  PERMISSION_DENIED: { status: 403, exitCode: 1, message: told },
  RESOURCE_DOES_NOT_EXIST: { status: 404, exitCode: 1, message: told },
  NOT_FOUND: { status: 404, exitCode: 1, message: told },
  ENDPOINT_NOT_FOUND: { status: 404, exitCode: 1, message: told },
  ALREADY_EXISTS: { status: 409, exitCode: 1, message: told },
  RESOURCE_CONFLICT: { status: 409, exitCode: 1, message: told },
  ABORTED: { status: 409, exitCode: 1, message: told },
  REQUEST_LIMIT_EXCEEDED: { status: 429, exitCode: 1, message: told },
  INTERNAL_ERROR: { status: 500, exitCode: 1, message: told },
  INVALID_STATE: { status: 500, exitCode: 1, message: told },
  NOT_IMPLEMENTED: { status: 501, exitCode: 1, message: told },
  TEMPORARILY_UNAVAILABLE: { status: 503, exitCode: 1, message: told },
  TRACK_DATABASE_URL: {
    status: 500,
    exitCode: 2,
    message: (d: { url: string; reason: string }) =>
      `the database ${JSON.stringify(d.url)} cannot be used: ${d.reason} ` +
      '(expected a file such as runs.db, sqlite:///runs.db, or postgresql://user:password@host:5432/name)',
  },
  TRACK_DATABASE_OPEN: {
    status: 500,
    exitCode: 1,
    message: (d: { url: string; reason: string }) => `the database ${d.url} cannot be opened: ${d.reason}`,
  },
  TRACK_SCHEMA_REVISION: {
    status: 500,
    exitCode: 1,
    message: (d: { found: string; expected: string; advice: string }) =>
      `the database has MLflow's schema at revision ${d.found}, and this program reads revision ${d.expected} (${d.advice})`,
  },
  TRACK_SCHEMA_NEWER: {
    status: 500,
    exitCode: 1,
    message: (d: { found: string }) =>
      `the database was written by a newer Scorecast: it has the migration ${JSON.stringify(d.found)}, which this ` +
      'program does not know (upgrade Scorecast, or restore a backup from before the upgrade)',
  },
};

/** Makes an error of this package. */
export const trackError = errorFactory(trackErrors);
