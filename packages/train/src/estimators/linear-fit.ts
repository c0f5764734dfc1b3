import { predict, type LinearModel, type Table } from '@scorecast/core';
import type { FitFamily } from '../fit-family.js';
import { centeredFactor, type CenteredFactor } from '../linear-algebra/centered-factor.js';
import { trainingColumns } from '../training-data.js';
import { uncenteredModel } from './uncentered-model.js';

/** The coefficients by some params, from training rows that are reduced to their factor. */
export type LinearSolver<P> = (training: CenteredFactor, params: Readonly<P>) => Float64Array;

/** Reduces the training rows once, which is most of the work, and solves for each of the params. */
export function fitLinear<P>(
  name: string,
  solve: LinearSolver<P>,
  members: readonly Readonly<P>[],
  x: Table,
  y: Float64Array,
): readonly LinearModel[] {
  const training = centeredFactor(trainingColumns(name, x, y), y);
  return members.map((params) => uncenteredModel(name, x, training, solve(training, params)));
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
