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
  TRAIN_NEGATIVE_TARGET: {
    status: 422,
    exitCode: 3,
    message: (d: { estimator: string; row: number; value: number }) =>
      `${d.estimator}: the target of row ${d.row} is ${d.value} (expected no negative target for the criterion "poisson"; choose another criterion)`,
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
  TRAIN_VALIDATION_ROWS: {
    status: 422,
    exitCode: 3,
    message: (d: { estimator: string; rows: number; held: number }) =>
      `${d.estimator}: earlyStopping holds ${d.held} of ${d.rows} row(s) back and leaves none to learn from ` +
      '(expected at least 2 rows; bring more rows, or switch earlyStopping off)',
  },
  TRAIN_TEST_SIZE: {
    status: 400,
    exitCode: 2,
    message: (d: { testSize: number }) =>
      `testSize ${d.testSize} cannot be used (expected a share between 0 and 1, such as 0.2)`,
  },
  TRAIN_SPLIT_ROWS: {
    status: 422,
    exitCode: 3,
    message: (d: { rows: number; testSize: number }) =>
      `${d.rows} row(s) cannot be split with testSize ${d.testSize}: none would be left to learn from (expected more rows or a smaller testSize)`,
  },
  TRAIN_FOLDS: {
    status: 422,
    exitCode: 3,
    message: (d: { folds: number; rows: number }) =>
      `${d.rows} row(s) cannot be cut into ${d.folds} folds (expected a whole number of folds, at least 2 and at most one per row)`,
  },
  TRAIN_GROUPS: {
    status: 422,
    exitCode: 3,
    message: (d: { folds: number; groups: number }) =>
      `${d.groups} group(s) cannot be cut into ${d.folds} folds (expected a whole number of folds, at least 2 and at most one per group; ` +
      'choose fewer folds or bring more groups: the test part, and each fold of a nested cross-validation, has groups of its own)',
  },
  TRAIN_SPLIT_GROUPS: {
    status: 422,
    exitCode: 3,
    message: (d: { groups: number; testSize: number }) =>
      `${d.groups} group(s) cannot be split with testSize ${d.testSize}: none would be left to learn from ` +
      '(expected more groups, or a smaller testSize; rows of one group are never parted)',
  },
  TRAIN_FOLD_ROWS: {
    status: 422,
    exitCode: 3,
    message: (d: { rows: number; folds: number }) =>
      `one of ${d.folds} folds would test on ${d.rows} row(s) (expected at least 2, or a score means nothing; choose fewer folds, or groups of more rows)`,
  },
  TRAIN_GROUP_MISSING: {
    status: 422,
    exitCode: 3,
    message: (d: { row: number }) =>
      `row ${d.row} belongs to no group (expected a value in the group column of every row; fill it in or drop the row)`,
  },
  TRAIN_GROUP_ROWS: {
    status: 500,
    exitCode: 1,
    message: (d: { groups: number; rows: number }) =>
      `${d.groups} group names do not belong to ${d.rows} rows (expected one per row)`,
  },
  TRAIN_STRATIFIED_GROUPS: {
    status: 400,
    exitCode: 2,
    message: () => 'rows cannot be split by groups and by strata of the target at once (expected one of them)',
  },
  TRAIN_STRATA: {
    status: 422,
    exitCode: 3,
    message: (d: { folds: number; largest: number }) =>
      `strata of at most ${d.largest} row(s) cannot be cut into ${d.folds} folds (expected a whole number of folds, at least 2 and at most the size of the largest stratum)`,
  },
  TRAIN_REPEATS: {
    status: 400,
    exitCode: 2,
    message: (d: { repeats: number }) => `repeats cannot be ${d.repeats} (expected a whole number, at least 1)`,
  },
  TRAIN_OVERFLOW: {
    status: 422,
    exitCode: 3,
    message: (d: { estimator: string }) =>
      `${d.estimator}: the numbers are too large to compute with (expected sizes below 1e150; scale the columns first)`,
  },
  TRAIN_EMPTY_COLUMN: {
    status: 422,
    exitCode: 3,
    message: (d: { column: string }) =>
      `column ${JSON.stringify(d.column)} has no value in the training rows (expected at least one; leave the column out of the schema, or fill it with a constant)`,
  },
  TRAIN_NOMINAL: {
    status: 400,
    exitCode: 2,
    message: (d: { estimator: string; column: string }) =>
      `${d.estimator}: column ${JSON.stringify(d.column)} holds codes of levels (expected quantities; ` +
      'with these params it needs nominal features encoded one-hot, as is the default)',
  },
  TRAIN_COLUMN_KIND: {
    status: 500,
    exitCode: 1,
    message: (d: { column: string; expected: 'numeric' | 'categorical' }) =>
      `column ${JSON.stringify(d.column)} is ${d.expected === 'numeric' ? 'categorical' : 'numeric'} (expected a ${d.expected} column)`,
  },
  TRAIN_LEVELS: {
    status: 422,
    exitCode: 3,
    message: (d: { column: string; levels: number; limit: number }) =>
      `column ${JSON.stringify(d.column)} has ${d.levels} levels (expected at most ${d.limit}; ` +
      'is it an identifier? leave it out or join rare levels)',
  },
  TRAIN_FILL: {
    status: 400,
    exitCode: 2,
    message: (d: { column: string; fill: string; levels: readonly string[] }) =>
      `column ${JSON.stringify(d.column)}: gaps cannot be filled with ${JSON.stringify(d.fill)} ` +
      `(expected one of its levels: ${d.levels.map((level) => JSON.stringify(level)).join(', ')})`,
  },
  TRAIN_PRODUCTS: {
    status: 400,
    exitCode: 2,
    message: (d: { degree: number; columns: number; products: number; limit: number }) =>
      `${d.columns} columns have ${d.products} products of degree ${d.degree} ` +
      `(expected at most ${d.limit}; choose a lower degree, interactionOnly or fewer features)`,
  },
  TRAIN_GRID: {
    status: 400,
    exitCode: 2,
    message: (d: { where: string; expected: string }) => `${d.where} is empty (expected ${d.expected})`,
  },
  TRAIN_SPACE: {
    status: 400,
    exitCode: 2,
    message: (d: { where: string; found: string; expected: string }) =>
      `${d.where} cannot be searched: ${d.found} (expected ${d.expected})`,
  },
  TRAIN_GRID_SIZE: {
    status: 400,
    exitCode: 2,
    message: (d: { size: number; limit: number }) =>
      `the grid has ${d.size} candidates (expected at most ${d.limit}; try fewer values per param)`,
  },
  TRAIN_METRIC: {
    status: 400,
    exitCode: 2,
    message: (d: { name: unknown; known: readonly string[]; meant: string | undefined }) =>
      `there is no metric ${show(d.name)} to choose by (expected ${d.known.join(', ')})${didYouMean(d.meant)}`,
  },
  TRAIN_OPTION: {
    status: 400,
    exitCode: 2,
    message: (d: { option: string; value: number; expected: string }) =>
      `${d.option} cannot be ${d.value} (expected ${d.expected})`,
  },
  TRAIN_TABLE: {
    status: 500,
    exitCode: 1,
    message: (d: { expected: readonly string[]; found: readonly string[]; rows: number; targets: number }) =>
      `the data does not belong to the schema: ${d.rows} rows of ${d.found.join(', ')}, and ${d.targets} targets ` +
      `(expected the schema's features ${d.expected.join(', ')}, in this order, and one target per row)`,
  },
  TRAIN_ROW_TARGET: {
    status: 422,
    exitCode: 3,
    message: (d: { row: number; value: number }) =>
      `the target of row ${d.row} is ${d.value} (expected a finite number; drop rows without a target)`,
  },
  TRAIN_ONE_VALUE: {
    status: 422,
    exitCode: 3,
    message: (d: { column: string; value: number | string | undefined; rows: number; where: string; advice: string }) =>
      `column ${JSON.stringify(d.column)} has ${d.value === undefined ? 'no value' : `no other value than ${JSON.stringify(d.value)}`} ` +
      `in ${d.rows} row(s)${d.where} (expected at least two different values; ${d.advice})`,
  },
  TRAIN_ROWS: {
    status: 422,
    exitCode: 3,
    message: (d: { train: number; test: number; folds: number }) =>
      `too few rows: ${d.train} to learn from and ${d.test} to test on ` +
      `(expected at least ${2 * d.folds} for ${d.folds} folds and at least 2; bring more rows or choose fewer folds)`,
  },
  TRAIN_ALL_FAILED: {
    status: 422,
    exitCode: 1,
    message: (d: { failed: readonly { readonly name: string; readonly reason: string }[] }) => {
      const reasons = [...new Set(d.failed.map(({ reason }) => reason))];
      const listed = reasons.slice(0, 5).map((reason) => {
        const [{ name }, ...others] = d.failed.filter((candidate) => candidate.reason === reason);
        return `\n  ${name}${others.length > 0 ? ` and ${others.length} more` : ''}: ${reason}`;
      });
      const rest = reasons.length - listed.length;
      return `no candidate could be fitted:${listed.join('')}${rest > 0 ? `\n  and others, for ${rest} more reason(s)` : ''}`;
    },
  },
  TRAIN_BELOW_FLOOR: {
    status: 422,
    exitCode: 5,
    message: (d: {
      winner: string;
      where: string;
      metric: string;
      score: number;
      floor: number;
      found: string;
      expected: string;
      leaderboard: object;
      selection: object;
    }) =>
      `the best model, ${d.winner}, is not good enough: ${d.found} on ${d.where} ` +
      `(expected ${d.expected}; bring features that say more about the target or more rows, or move the floor)`,
  },
  TRAIN_CANCELLED: {
    status: 499,
    exitCode: 130,
    message: () =>
      'the training was cancelled (no bundle was written; run it again, with --resume to go on from what was finished)',
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
