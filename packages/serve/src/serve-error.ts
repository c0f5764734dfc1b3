import { errorFactory } from '@scorecast/core';

/** The errors of the inference server. Those of records and bundles are core's. */
export const serveErrors = {
  SERVE_OPTION: {
    status: 500,
    exitCode: 2,
    message: (d: { option: string; value: unknown; expected: string }) =>
      `the server's option ${d.option} is ${String(d.value)} (expected ${d.expected})`,
  },
  SERVE_SETTING: {
    status: 500,
    exitCode: 2,
    message: (d: { source: string; found: string; expected: string }) =>
      `${d.source} is ${d.found} (expected ${d.expected})`,
  },
  SERVE_USAGE: { status: 500, exitCode: 2, message: (d: { problem: string }) => d.problem },
  SERVE_NO_BUNDLE: {
    status: 500,
    exitCode: 4,
    message: (d: { path: string; reason: string }) =>
      `the bundle ${d.path} cannot be read: ${d.reason} (expected the file that "scorecast train" writes; name it after the command or in SCORECAST_BUNDLE)`,
  },
  SERVE_WORKER_ENDED: {
    status: 500,
    exitCode: 1,
    message: () => 'a worker process ended before it answered (its last messages are in the log above)',
  },
  SERVE_WORKERS_END: {
    status: 500,
    exitCode: 1,
    message: (d: { deaths: number; seconds: number }) =>
      `worker processes ended ${d.deaths} times within ${d.seconds} s (the log says how; too little memory is the usual reason)`,
  },
  SERVE_CUT: {
    status: 500,
    exitCode: 130,
    message: () => 'a second signal to stop came; what was still running was cut',
  },
  SERVE_STOP_OVERDUE: {
    status: 500,
    exitCode: 1,
    message: (d: { timeoutMs: number }) =>
      `the server did not end within ${d.timeoutMs} ms (its connections are cut; what it had left to write may be lost)`,
  },
  SERVE_PORT_IN_USE: {
    status: 500,
    exitCode: 1,
    message: (d: { port: number; host: string }) =>
      `port ${d.port} on ${d.host} is in use by another program (stop that program, or choose a free port, for example PORT=${d.port === 65_535 ? 8081 : d.port + 1})`,
  },
  SERVE_PORT_NOT_ALLOWED: {
    status: 500,
    exitCode: 1,
    message: (d: { port: number; host: string }) =>
      `this user may not open port ${d.port} on ${d.host} (ports below 1024 often need more rights; choose one above, for example PORT=8080)`,
  },
  SERVE_HOST_UNKNOWN: {
    status: 500,
    exitCode: 1,
    message: (d: { host: string; reason: string }) =>
      `cannot listen on host ${JSON.stringify(d.host)}: ${d.reason} (expected an address of this machine, such as 127.0.0.1, or 0.0.0.0 for all of them)`,
  },
  SERVE_JSON_UNREADABLE: {
    status: 400,
    exitCode: 3,
    message: (d: { reason: string }) =>
      `the body is not valid JSON: ${d.reason} (expected one record or a list of records)`,
  },
  SERVE_JSON_REPEATED_KEY: {
    status: 400,
    exitCode: 3,
    message: (d: { key: string }) =>
      `the key ${JSON.stringify(d.key)} stands twice in one JSON object (expected each key once; readers disagree on which one counts)`,
  },
  SERVE_JSON_TOO_DEEP: {
    status: 400,
    exitCode: 3,
    message: (d: { limit: number }) =>
      `the JSON is nested deeper than ${d.limit} levels (expected one record or a list of records)`,
  },
  SERVE_LINE_UNREADABLE: {
    status: 400,
    exitCode: 3,
    message: (d: { line: number; reason: string }) =>
      `line ${d.line} cannot be read: ${d.reason} (expected one record as JSON on each line)`,
  },
  SERVE_CSV_UNREADABLE: {
    status: 400,
    exitCode: 3,
    message: (d: { row: number; reason: string }) =>
      `the body is not valid CSV: ${d.reason} in line ${d.row} (expected a header of field names, then one record per line, cells with commas or quotes in quotes)`,
  },
  SERVE_BATCH_UNREADABLE: {
    status: 422,
    exitCode: 3,
    message: (d: { reason: string; expected: string }) =>
      `the file cannot be scored: ${d.reason} (expected ${d.expected}; nothing was predicted)`,
  },
  SERVE_BATCH_TOO_LONG: {
    status: 413,
    exitCode: 3,
    message: (d: { limit: number }) =>
      `the file has more than ${d.limit} rows (expected at most as many; send it in parts, raise --batch-max-rows, or score it with "scorecast predict")`,
  },
  SERVE_BATCH_TOO_LARGE: {
    status: 413,
    exitCode: 3,
    message: (d: { limitBytes: number }) =>
      `the file is too large (expected at most ${d.limitBytes} bytes; send it in parts, raise --batch-limit, or score it with "scorecast predict")`,
  },
  SERVE_BATCH_MEMORY: {
    status: 413,
    exitCode: 3,
    message: () =>
      'the file takes more memory than one file may (expected smaller row groups; write it again with fewer rows in each, or as CSV)',
  },
  SERVE_BATCH_NO_FILE: {
    status: 400,
    exitCode: 3,
    message: () => 'no file was sent (expected one, in the field "file" of a form or as the body itself)',
  },
  SERVE_BATCH_FOLDER: {
    status: 503,
    exitCode: 1,
    message: () =>
      'files cannot be scored here just now: there is no place to keep them meanwhile (the keeper of this service finds the reason in its log)',
  },
  SERVE_BODY_SHAPE: {
    status: 400,
    exitCode: 3,
    message: (d: { reason: string; expected: string }) =>
      `the body does not have the form that this address reads: ${d.reason} (expected ${d.expected})`,
  },
  SERVE_INPUT_INVALID: {
    status: 422,
    exitCode: 3,
    message: (d: { errors: readonly object[]; errorCount: number }) =>
      `${d.errorCount} ${d.errorCount === 1 ? 'value' : 'values'} in the input cannot be used (each is listed under "errors"` +
      `${d.errors.length < d.errorCount ? `, the first ${d.errors.length} of them` : ''}; nothing was predicted)`,
  },
  SERVE_BODY_TOO_LARGE: {
    status: 413,
    exitCode: 3,
    message: (d: { limitBytes: number }) =>
      `the body is too large (expected at most ${d.limitBytes} bytes; send several requests, or score a file with "scorecast predict")`,
  },
  SERVE_TOO_MANY_RECORDS: {
    status: 413,
    exitCode: 3,
    message: (d: { found: number; limit: number }) =>
      `the list has ${d.found} records (expected at most ${d.limit} per request; send several requests, or score a file with "scorecast predict")`,
  },
  SERVE_TOO_MANY_EXPLAINED: {
    status: 413,
    exitCode: 3,
    message: (d: { found: number; limit: number }) =>
      `${d.found} predictions are to be explained (expected at most ${d.limit} per request; send several requests, or ask without explain=true)`,
  },
  SERVE_QUERY: {
    status: 400,
    exitCode: 2,
    message: (d: { name: string; expected: string }) =>
      `the value of ${d.name} in the address cannot be used (expected ${d.expected})`,
  },
  SERVE_MEDIA_TYPE: {
    status: 415,
    exitCode: 3,
    message: (d: { found: string | undefined; expected: string }) =>
      `the request's content type is ${d.found === undefined ? 'missing' : JSON.stringify(d.found)} (expected ${d.expected})`,
  },
  SERVE_NOT_FOUND: {
    status: 404,
    exitCode: 1,
    message: (d: { path: string }) => `there is nothing at ${d.path} (the start page / lists what there is)`,
  },
  SERVE_METHOD_NOT_ALLOWED: {
    status: 405,
    exitCode: 1,
    message: (d: { method: string; path: string; allowed: readonly string[] }) =>
      `${d.path} does not answer ${d.method} (expected ${d.allowed.join(' or ')})`,
  },
  SERVE_REQUEST_TIMEOUT: {
    status: 408,
    exitCode: 1,
    message: () => 'the request did not arrive completely in time (send it again)',
  },
  SERVE_HEADERS_TOO_LARGE: {
    status: 431,
    exitCode: 1,
    message: () => "the request's headers are too large (expected at most 16 KB together)",
  },
  SERVE_BAD_REQUEST: {
    status: 400,
    exitCode: 1,
    message: (d: { reason: string }) => `the request cannot be read: ${d.reason}`,
  },
  SERVE_KEYS_UNREADABLE: {
    status: 500,
    exitCode: 2,
    message: (d: { path: string; reason: string }) =>
      `the key file ${d.path} cannot be used: ${d.reason} (expected a file that "scorecast-serve keys create" has made)`,
  },
  SERVE_KEY_UNKNOWN: {
    status: 500,
    exitCode: 2,
    message: (d: { path: string; id: string }) =>
      `there is no key ${JSON.stringify(d.id)} in ${d.path} ("scorecast-serve keys list" shows all)`,
  },
  SERVE_UNAUTHENTICATED: {
    status: 401,
    exitCode: 1,
    message: (d: { given: boolean }) =>
      d.given
        ? 'the key or token is unknown, has ended or was revoked (ask the keeper of this service for another)'
        : 'this service asks for a key (send it as "Authorization: Bearer ..." or "x-api-key: ..."; the keeper of this service makes them)',
  },
  SERVE_FORBIDDEN: {
    status: 403,
    exitCode: 1,
    message: (d: { needed: string; scopes: readonly string[] }) =>
      `this key or token may not do this (expected the scope ${d.needed}; it has ${d.scopes.join(', ')})`,
  },
  SERVE_FOREIGN_PAGE: {
    status: 403,
    exitCode: 1,
    message: () => 'a page of another site sent this form (open the form of this service and send it from there)',
  },
  SERVE_ISSUER_AWAY: {
    status: 503,
    exitCode: 1,
    message: () => 'tokens cannot be checked just now, since their issuer does not answer (try again in a moment)',
  },
  SERVE_HTTPS_REQUIRED: {
    status: 403,
    exitCode: 1,
    message: () => 'this service answers by HTTPS alone (send the request again to the https:// address)',
  },
  SERVE_RATE_LIMITED: {
    status: 429,
    exitCode: 1,
    message: (d: { requests: number; windowSeconds: number; retrySeconds: number }) =>
      `these were too many requests (expected at most ${d.requests} in ${d.windowSeconds} s; try again in ${d.retrySeconds} s)`,
  },
  SERVE_OVERLOADED: {
    status: 503,
    exitCode: 1,
    message: (d: { retrySeconds: number }) =>
      `the server has more to do than it can keep up with (try again in ${d.retrySeconds} s)`,
  },
  SERVE_STOPPING: {
    status: 503,
    exitCode: 1,
    message: () => 'the server is stopping (send requests to another instance, or try again in a moment)',
  },
  SERVE_OVERFLOW: {
    status: 422,
    exitCode: 3,
    message: (d: { record: number }) =>
      `record ${d.record} has numbers so large that nothing can be calculated from them (expected numbers such as the model was trained on)`,
  },
  SERVE_NO_NUMBER: {
    status: 500,
    exitCode: 1,
    message: (d: { record: number }) =>
      `the model gave no number for record ${d.record} (its pipeline leaves a gap unfilled; train it again with imputation)`,
  },
  SERVE_INTERNAL: {
    status: 500,
    exitCode: 1,
    message: () => 'something failed inside the server; it was logged under the id of this request',
  },
};

export const serveError = errorFactory(serveErrors);
