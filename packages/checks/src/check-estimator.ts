import type { Table } from '@scorecast/core';
import { runChecks } from './check.js';
import { checkModel } from './check-model.js';
import { dataChecks } from './estimator-data-checks.js';
import { fitChecks } from './estimator-fit-checks.js';
import { refusalChecks } from './estimator-refusal-checks.js';
import { paramsChecks } from './estimator-params-checks.js';
import type { CheckedEstimator, EstimatorCheckOptions, EstimatorSubject } from './estimator-subject.js';
import { easyProblem } from './problem.js';

/**
 * Checks what every estimator promises, and what the model promises that it becomes.
 *
 * @returns A sentence for each broken promise; none when all is well.
 */
export async function checkEstimator<C>(
  estimator: CheckedEstimator<C>,
  { usesSeed = false, floor = 0.6, ...options }: EstimatorCheckOptions<C>,
): Promise<readonly string[]> {
  const { name } = estimator;
  const fit = (x: Table, y: Float64Array) => estimator.fit(x, y, options.context(42));
  const subject: EstimatorSubject<C> = { ...options, estimator, usesSeed, floor, fit };
  const { x, y } = easyProblem(60, 1);
  return [
    ...(await runChecks(name, paramsChecks<C>(), () => subject)),
    ...(await runChecks(name, fitChecks<C>(), () => subject)),
    ...(await runChecks(name, dataChecks<C>(), () => subject)),
    ...(await runChecks(name, refusalChecks<C>(), () => subject)),
    ...(await checkModel(`the model of ${name}`, fit(x, y), x)),
  ];
}
