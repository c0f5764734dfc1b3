import { errorFactory } from '@scorecast/core';

interface Told {
  readonly message: string;
}

const told = (details: Told): string => details.message;

/**
 * The errors of tracking.
 *
 * Most codes are MLflow's own `error_code`s, because its clients branch on them; their messages are worded where they
 * are thrown, as MLflow words them. Codes that begin with ARTIFACT_ and TRACK_ are ours; the latter stop a program from
 * starting and are never answered to a client.
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
  ARTIFACT_TOO_LARGE: {
    status: 413,
    exitCode: 1,
    message: (d: { path: string; limitBytes: number; next: string }) =>
      `the artifact ${JSON.stringify(d.path)} is larger than ${d.limitBytes} bytes (${d.next})`,
  },
  ARTIFACT_RANGE: {
    status: 416,
    exitCode: 1,
    message: (d: { path: string; start: number; sizeBytes: number }) =>
      `the artifact ${JSON.stringify(d.path)} has ${d.sizeBytes} bytes, so none from byte ${d.start} on (expected a smaller start)`,
  },
  ARTIFACT_INCOMPLETE: {
    status: 400,
    exitCode: 1,
    message: (d: { path: string; expected: string; found: string }) =>
      `the content of the artifact ${JSON.stringify(d.path)} has ${d.found} (expected ${d.expected}; nothing was stored, send it again)`,
  },
  ARTIFACT_DAMAGED: {
    status: 500,
    exitCode: 1,
    message: (d: { path: string; expected: string; found: string }) =>
      `the artifact ${JSON.stringify(d.path)} was changed or damaged in its storage: it has ${d.found} ` +
      `(expected ${d.expected}, as it was written; write it again, or restore it from a backup)`,
  },
  ARTIFACT_STORAGE: {
    status: 500,
    exitCode: 1,
    message: (d: { uri: string; reason: string; next: string }) =>
      `the artifact storage ${d.uri} failed: ${d.reason} (${d.next})`,
  },
  ARTIFACT_STORAGE_FULL: {
    status: 507,
    exitCode: 1,
    message: (d: { uri: string }) =>
      `the artifact storage ${d.uri} is full (nothing was stored; free some space, for example with "scorecast gc", and try again)`,
  },
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
  REGISTRY_GATE_CLOSED: { status: 403, exitCode: 5, message: told },
  TRACK_ACCESS_OPEN: {
    status: 500,
    exitCode: 2,
    message: (d: { host: string }) =>
      `a server that listens on ${d.host} would let every machine that reaches it change everything ` +
      '(expected keys or a token issuer: make a key with "scorecast keys create" and start it with --keys, or listen on 127.0.0.1)',
  },
  TRACK_LISTEN: {
    status: 500,
    exitCode: 1,
    message: (d: { host: string; port: number; reason: string }) =>
      `the tracking server cannot listen on port ${d.port} of ${d.host}: ${d.reason} (expected a free port above 1023 and an address of this machine)`,
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
