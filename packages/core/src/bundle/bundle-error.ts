import { errorFactory } from '../errors.js';

/** The errors of bundles. */
export const bundleErrors = {
  BUNDLE_UNREADABLE: {
    status: 500,
    exitCode: 4,
    message: (d: { reason: string }) =>
      `the bundle is not a complete JSON document: ${d.reason} (expected the file that "scorecast train" wrote; train or copy it again)`,
  },
  BUNDLE_FORMAT: {
    status: 500,
    exitCode: 4,
    message: (d: { problems: readonly { path: string; expected: string }[] }) =>
      `this is not a Scorecast bundle:\n${d.problems.map((p) => `  ${p.path}: expected ${p.expected}`).join('\n')}`,
  },
  BUNDLE_FUTURE_VERSION: {
    status: 500,
    exitCode: 4,
    message: (d: { formatVersion: number; newestKnown: number }) =>
      `the bundle has format version ${d.formatVersion}, from a newer Scorecast (this one reads versions up to ${d.newestKnown}; upgrade it)`,
  },
  BUNDLE_CHECKSUM_MISMATCH: {
    status: 500,
    exitCode: 4,
    message: (d: { expected: string; actual: string }) =>
      `the bundle was changed after it was written: its content has checksum ${d.actual} (expected ${d.expected}; restore the original or train again)`,
  },
  BUNDLE_REPLAY_FAILED: {
    status: 500,
    exitCode: 4,
    message: (d: { reason: string }) =>
      `the bundle cannot predict its own test rows: ${d.reason} (expected parts that belong together; train again, or report this)`,
  },
  BUNDLE_REPLAY_MISMATCH: {
    status: 500,
    exitCode: 4,
    message: (d: { row: number; expected: number; actual: number }) =>
      `the bundle predicts ${d.actual} for its test row ${d.row} (expected ${d.expected} as recorded in training; do not use it, report this)`,
  },
};

export const bundleError = errorFactory(bundleErrors);
