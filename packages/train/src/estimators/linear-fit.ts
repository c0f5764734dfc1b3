import { predict, type LinearModel, type Table } from '@scorecast/core';
import type { FitContext } from '../estimator.js';
import type { FitFamily } from '../fit-family.js';
import { centeredFactor, type CenteredFactor } from '../linear-algebra/centered-factor.js';
import { trainingColumns } from '../training-data.js';
import { uncenteredModel } from './uncentered-model.js';

const TOO_FEW_ROUNDS =
  'it stopped at maxIterations before its coefficients had settled within its tolerance; they are scored as they are ' +
  '(to go on, raise maxIterations; scaled columns and a larger alpha settle sooner)';

/**
 * The coefficients by some params, from training rows that are reduced to their factor.
 *
 * @param onUnsettled Called where rounds ended before the coefficients had come near enough to their best values.
 */
export type LinearSolver<P> = (training: CenteredFactor, params: Readonly<P>, onUnsettled?: () => void) => Float64Array;

/**
 * Reduces the training rows once, which is most of the work, and solves for each of the params.
 *
 * @param warn Takes a warning where rounds were too few.
 */
export function fitLinear<P>(
  name: string,
  solve: LinearSolver<P>,
  members: readonly Readonly<P>[],
  x: Table,
  y: Float64Array,
  warn?: FitContext['warn'],
): readonly LinearModel[] {
  const training = centeredFactor(trainingColumns(name, x, y), y);
  const onUnsettled = () => warn?.(`${name}: ${TOO_FEW_ROUNDS}`);
  return members.map((params) => uncenteredModel(name, x, training, solve(training, params, onUnsettled)));
}

/** One factor of the training rows answers all params of a linear estimator. */
export function linearFamily<P extends object>(name: string, solve: LinearSolver<P>): FitFamily<P> {
  return {
    about: 'one factor of the training rows for all params',
    shared: () => ({}),
    predictAll: (members, x, y, _run, tables) =>
      fitLinear(name, solve, members, x, y).map((model) => tables.map((rows) => predict(model, rows))),
  };
}
