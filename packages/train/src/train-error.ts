import { errorFactory } from '@scorecast/core';

/** The errors of training. */
export const trainErrors = {
  TRAIN_UNKNOWN_ESTIMATOR: {
    status: 400,
    exitCode: 2,
    message: (d: { name: string; known: readonly string[]; meant: string | undefined }) =>
      `there is no estimator ${JSON.stringify(d.name)} (expected ${d.known.join(', ')})${didYouMean(d.meant)}`,
  },
  TRAIN_UNKNOWN_PARAM: {
    status: 400,
    exitCode: 2,
    message: (d: { estimator: string; param: string; known: readonly string[]; meant: string | undefined }) =>
      `${d.estimator} has no param ${JSON.stringify(d.param)} ` +
      `(expected ${d.known.length === 0 ? 'no params' : d.known.join(', ')})${didYouMean(d.meant)}`,
  },
  TRAIN_PARAMS: {
    status: 400,
    exitCode: 2,
    message: (d: { estimator: string; value: unknown }) =>
      `the params of ${d.estimator} cannot be read from ${show(d.value)} (expected an object such as {"param": value})`,
  },
  TRAIN_PARAM: {
    status: 400,
    exitCode: 2,
    message: (d: { estimator: string; param: string; value: unknown; expected: string }) =>
      `${d.estimator}: param ${JSON.stringify(d.param)} cannot be ${show(d.value)} (expected ${d.expected})`,
  },
  TRAIN_NO_ROWS: {
    status: 422,
    exitCode: 3,
    message: (d: { estimator: string }) => `${d.estimator}: there is no row to learn from (expected at least one)`,
  },
  TRAIN_TARGET_LENGTH: {
    status: 500,
    exitCode: 1,
    message: (d: { estimator: string; rows: number; targets: number }) =>
      `${d.estimator}: ${d.targets} targets do not belong to ${d.rows} rows (expected one target per row)`,
  },
  TRAIN_TARGET_VALUE: {
    status: 422,
    exitCode: 3,
    message: (d: { estimator: string; row: number; value: number }) =>
      `${d.estimator}: the target of row ${d.row} is ${d.value} (expected a finite number; drop rows without a target)`,
  },
  TRAIN_FEATURE_VALUE: {
    status: 422,
    exitCode: 3,
    message: (d: { estimator: string; column: string; row: number; value: number }) =>
      Number.isNaN(d.value)
        ? `${d.estimator}: column ${JSON.stringify(d.column)}, row ${d.row}: no value (expected a number; fill gaps by imputation first)`
        : `${d.estimator}: column ${JSON.stringify(d.column)}, row ${d.row}: ${d.value} (expected a finite number)`,
  },
  TRAIN_TOO_FEW_ROWS: {
    status: 422,
    exitCode: 3,
    message: (d: { estimator: string; param: string; value: number; rows: number }) =>
      `${d.estimator}: ${d.param} ${d.value} needs at least ${d.value} rows (found ${d.rows}; choose a smaller ${d.param})`,
  },
};

export const trainError = errorFactory(trainErrors);

function didYouMean(meant: string | undefined): string {
  return meant === undefined ? '' : `: did you mean ${JSON.stringify(meant)}?`;
}

/** A value as in JSON where it has a JSON form, at most 60 characters. */
function show(value: unknown): string {
  if (typeof value === 'number') return String(value);
  const text = typeof value === 'function' || value === undefined ? typeof value : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
