import { closestName, errorFactory } from '@scorecast/core';

/** The errors of the command line. */
export const cliErrors = {
  CLI_USAGE: { status: 400, exitCode: 2, message: (d: { problem: string }) => d.problem },
  CLI_NO_SCHEMA: {
    status: 400,
    exitCode: 2,
    message: (d: { data: string }) =>
      `no schema says what the columns of ${d.data} mean (expected --schema FILE, or a scorecast.config.ts here; ` +
      `"scorecast infer ${d.data} -o schema.json" proposes one)`,
  },
  CLI_NO_DATA: {
    status: 400,
    exitCode: 2,
    message: () => 'no data file was named (expected "scorecast train FILE", or "data" in scorecast.config.ts)',
  },
  CLI_FILE_UNREADABLE: {
    status: 400,
    exitCode: 2,
    message: (d: { what: string; path: string; reason: string }) => `${d.what} ${d.path} cannot be read: ${d.reason}`,
  },
  CLI_GROUP: {
    status: 400,
    exitCode: 2,
    message: (d: { group: string; identifiers: readonly string[] }) =>
      `the group column ${JSON.stringify(d.group)} is not an identifier of the schema ` +
      `(expected ${d.identifiers.length === 0 ? 'an identifier; the schema has none' : `one of ${d.identifiers.join(', ')}`})`,
  },
  CLI_GROUP_MISSING: {
    status: 422,
    exitCode: 3,
    message: (d: { group: string; row: number; rows: number }) =>
      `the group column ${JSON.stringify(d.group)}, row ${d.row}: no value, ${d.rows === 1 ? 'the only such row' : `the first of ${d.rows} such rows`} ` +
      '(expected the group of every row; fill it in, or leave these rows out)',
  },
  CLI_NO_BUNDLE: {
    status: 400,
    exitCode: 4,
    message: (d: { path: string }) =>
      `there is no bundle at ${d.path} (expected the file that "scorecast train" writes; train first, or name it with --bundle)`,
  },
  CLI_NOTHING_IN_PRODUCTION: {
    status: 404,
    exitCode: 5,
    message: (d: { model: string; bundle: string }) =>
      `no version of ${d.model} is in production (promote one with "scorecast models promote ${d.model} <version> --reason ...", ` +
      `or serve what was trained all the same with "scorecast serve ${d.bundle}")`,
  },
  CLI_NO_PREDICTION: {
    status: 404,
    exitCode: 1,
    message: (d: { id: string; place: string }) =>
      `there is no prediction ${JSON.stringify(d.id)} in ${d.place} (expected an id as answers have it, and the place that the server was given with --log-predictions)`,
  },
  CLI_NO_BUNDLE_VERSION: {
    status: 404,
    exitCode: 4,
    message: (d: { id: string; model: string; version: string }) =>
      `prediction ${d.id} was given by ${d.model} ${d.version}, and no recorded training made that bundle (name its file with --bundle)`,
  },
  CLI_NOT_REPLAYED: {
    status: 409,
    exitCode: 1,
    message: (d: { id: string; logged: string; replayed: string }) =>
      `prediction ${d.id} is ${d.logged} in the log, and its bundle gives ${d.replayed} for the logged inputs (one of the two was changed since)`,
  },
  CLI_NO_TRACKING: {
    status: 400,
    exitCode: 2,
    message: (d: { path: string }) =>
      `there is no tracking database at ${d.path} (expected one that a training or server has written; name it with --tracking-uri)`,
  },
  CLI_NO_RUN: {
    status: 404,
    exitCode: 1,
    message: (d: { id: string }) =>
      `there is no run ${JSON.stringify(d.id)} (expected an id or its beginning; "scorecast runs list" shows them)`,
  },
  CLI_RUN_AMBIGUOUS: {
    status: 400,
    exitCode: 2,
    message: (d: { id: string; runs: readonly string[] }) =>
      `several runs have an id that begins with ${d.id}: ${d.runs.join(', ')} (expected a few more digits)`,
  },
  CLI_RUN_NOT_TRAINED: {
    status: 422,
    exitCode: 1,
    message: (d: { run: string; file: string }) =>
      `run ${d.run} has no ${d.file}, so it cannot be trained again (expected a training that "scorecast train" recorded and that finished)`,
  },
  CLI_DATA_DIFFERS: {
    status: 422,
    exitCode: 3,
    message: (d: { path: string; expected: string; found: string }) =>
      `${d.path} is not the data that the run was trained on: its SHA-256 is ${d.found} (expected ${d.expected}; ` +
      'name the file as it was then with --data)',
  },
  CLI_NOT_REPRODUCED: {
    status: 422,
    exitCode: 1,
    message: (d: { run: string; expected: string; found: string; reasons: readonly string[] }) =>
      `run ${d.run} gave the bundle ${d.expected}, and training again gave ${d.found}:\n` +
      d.reasons.map((reason) => `  ${reason}`).join('\n'),
  },
  CLI_FOLDER_NOT_EMPTY: {
    status: 400,
    exitCode: 2,
    message: (d: { path: string }) =>
      `there are files in ${d.path} already (expected a new or empty folder; name one with --out)`,
  },
  CLI_UNKNOWN_NAME: {
    status: 404,
    exitCode: 1,
    message: (d: { what: string; name: string; known: readonly string[] }) =>
      `there is no ${d.what} ${JSON.stringify(d.name)} (${expectedName(d)})`,
  },
  CLI_NO_REGISTRY: {
    status: 404,
    exitCode: 1,
    message: (d: { uri: string; what: string }) =>
      `the tracking server ${d.uri} has no ${d.what}: that is beyond what MLflow's servers do (expected a server that ` +
      '"scorecast track" started, or a database)',
  },
  CLI_WEBHOOK_REFUSED: {
    status: 502,
    exitCode: 1,
    message: (d: { id: string; reason: string }) =>
      `webhook ${d.id} did not take the message: ${d.reason} (expected an answer with a status from 200 to 299)`,
  },
  CLI_AUDIT_BROKEN: {
    status: 422,
    exitCode: 3,
    message: (d: { reason: string }) =>
      `the audit log is not what was written: ${d.reason} (expected an unbroken chain; compare it with a backup)`,
  },
  CLI_CONFIG_INVALID: {
    status: 400,
    exitCode: 2,
    message: (d: { path: string; problems: readonly { path: string; expected: string }[] }) =>
      `${d.path} is not valid:\n${d.problems.map((p) => `  ${p.path}: expected ${p.expected}`).join('\n')}`,
  },
  CLI_CONFIG_FAILED: {
    status: 400,
    exitCode: 2,
    message: (d: { path: string; reason: string }) => `${d.path} cannot be loaded: ${d.reason}`,
  },
  CLI_CANCELLED: { status: 500, exitCode: 130, message: () => 'cancelled; nothing was changed' },
};

function expectedName({ name, known }: { readonly name: string; readonly known: readonly string[] }): string {
  // Numbers that are alike are not meant for each other.
  const meant = /^\d+$/.test(name) ? undefined : closestName(name, known);
  if (meant !== undefined) return `did you mean ${meant}?`;
  return known.length === 0 ? 'there are none yet' : `expected ${known.slice(0, 20).join(', ')}`;
}

export const cliError = errorFactory(cliErrors);
