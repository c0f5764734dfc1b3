import type { Model, Table } from '@scorecast/core';

/** An estimator, as far as the checks need to know it. `C` is what a fit may use besides its data. */
export interface CheckedEstimator<C> {
  readonly name: string;
  readonly params: object;
  readonly complexity: number;
  readonly takesMissing?: boolean;
  readonly takesNominal?: boolean;
  fit(x: Table, y: Float64Array, run: C): Model;
}

/** What the checks need besides the estimator. */
export interface EstimatorCheckOptions<C> {
  /** Makes the estimator from params of unknown origin, as the registry does. */
  create(this: void, params: unknown): CheckedEstimator<C>;
  /** What a fit may use, made from a seed. */
  context(this: void, seed: number): C;
  /** Whether other seeds give other models. Default false. */
  readonly usesSeed?: boolean;
  /** The least R2 on unseen rows of an easy problem; harder problems ask for no more than that. Default .6. */
  readonly floor?: number;
}

/** An estimator under check, and everything that the checks need. */
export interface EstimatorSubject<C> extends Required<EstimatorCheckOptions<C>> {
  readonly estimator: CheckedEstimator<C>;
  /** Fits with seed 42. */
  fit(this: void, x: Table, y: Float64Array): Model;
}
