import { predictNeighbourVotes, type NeighboursModel, type Table } from '@scorecast/core';
import type { Estimator } from '../estimator.js';
import type { FitFamily } from '../fit-family.js';
import { choice, integer, readParams, type ParamValues } from '../params.js';
import { trainError } from '../train-error.js';
import { trainingColumns } from '../training-data.js';

/** The params of {@link kNeighbors}. */
export const kNeighborsParams = {
  nNeighbors: integer({ about: 'how many neighbours answer', default: 5, min: 1 }),
  weights: choice({
    about: 'whether all neighbours count the same, or nearer ones more (by 1/distance)',
    default: 'uniform',
    options: ['uniform', 'distance'],
  }),
  p: choice({ about: 'the distance: 1 sums absolute differences, 2 is Euclidean', default: 2, options: [1, 2] }),
};

/** The values of {@link kNeighborsParams}. */
export type KNeighborsParams = ParamValues<typeof kNeighborsParams>;

/**
 * The mean target of the nearest training rows. Distances are taken over the columns as they are, so scale them first.
 *
 * Source: E. Fix and J. L. Hodges, "Discriminatory Analysis" (1951). Params as scikit-learn's `KNeighborsRegressor`;
 * among equal distances the earlier training row is the nearer one.
 *
 * @param params `nNeighbors` (default 5, at least 1), `weights` (`uniform` by default, or `distance`), `p` (1 or 2, default 2).
 * @throws TRAIN_PARAM, TRAIN_UNKNOWN_PARAM, TRAIN_PARAMS. Fitting throws TRAIN_TOO_FEW_ROWS when there are fewer rows than
 * neighbours, TRAIN_NO_ROWS, TRAIN_TARGET_LENGTH, TRAIN_TARGET_VALUE, TRAIN_FEATURE_VALUE, TRAIN_OVERFLOW.
 * @example
 * const x = table([numericColumn('hours', [1, 2, 9])]);
 * const y = Float64Array.of(10, 20, 90);
 * const model = kNeighbors({ nNeighbors: 2 }).fit(x, y, { random: keyedRandom(42) });
 * Array.from(predict(model, x)); // => [15, 15, 55]
 */
export function kNeighbors(params: Partial<KNeighborsParams> = {}): Estimator<KNeighborsParams, NeighboursModel> {
  const checked = readParams(name, kNeighborsParams, params);
  return { name, complexity: 2, params: checked, fit: (x, y) => remember(checked, x, y) };
}

const name = 'k-neighbors';

/** One search for the most neighbours serves every smaller number of them and all weights. */
export const kNeighborsFamily: FitFamily<KNeighborsParams> = {
  about: 'one search for the most neighbours, for every k and both weights',
  shared: ({ p }) => ({ p }),
  predictAll(members, x, y, _run, tables) {
    const most = members.reduce((a, b) => (b.nNeighbors > a.nNeighbors ? b : a));
    const model = remember(most, x, y);
    const votes = members.map(({ nNeighbors, weights }) => ({ k: nNeighbors, weights }));
    const byTable = tables.map((rows) => predictNeighbourVotes(model, votes, rows));
    return members.map((_, member) => byTable.map((predictions) => predictions[member]));
  },
};

function remember(params: KNeighborsParams, x: Table, y: Float64Array): NeighboursModel {
  const columns = trainingColumns(name, x, y);
  if (params.nNeighbors > y.length) {
    throw trainError('TRAIN_TOO_FEW_ROWS', {
      estimator: name,
      param: 'nNeighbors',
      value: params.nNeighbors,
      rows: y.length,
    });
  }
  return {
    kind: 'neighbours',
    features: x.columns.map((column) => column.name),
    k: params.nNeighbors,
    weights: params.weights,
    p: params.p,
    rows: byRow(columns, y.length),
    // Adding 0 turns -0 into 0, the only zero that JSON knows.
    targets: y.map((target) => target + 0),
  };
}

function byRow(columns: readonly Float64Array[], rowCount: number): Float64Array {
  const rows = new Float64Array(rowCount * columns.length);
  columns.forEach((values, j) => {
    for (let i = 0; i < rowCount; i++) rows[i * columns.length + j] = values[i] + 0;
  });
  return rows;
}
