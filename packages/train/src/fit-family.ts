import type { Table } from '@scorecast/core';
import type { FitContext } from './estimator.js';

/**
 * How one fit answers many candidates of an estimator: a forest contains every smaller one, one neighbour order serves
 * every k. What it answers is what each candidate would have answered alone, to the last bit.
 */
export interface FitFamily<P extends object> {
  /** What is done, for people: `one forest of the largest size`. */
  readonly about: string;
  /** The params without those that one fit can vary. Candidates for whom the rest is equal share a fit. */
  shared(params: Readonly<P>): object;
  /**
   * Fits once and predicts for every member.
   *
   * @param members Params that agree in all that {@link shared} keeps; at least one.
   * @param tables What to predict: as a rule the training rows themselves and the fold's test rows.
   * @returns For each member, for each table, the predictions, equal bit for bit to those of the member fitted alone.
   */
  predictAll(
    members: readonly Readonly<P>[],
    x: Table,
    y: Float64Array,
    run: FitContext,
    tables: readonly Table[],
  ): readonly (readonly Float64Array[])[];
}
