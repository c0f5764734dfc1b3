import type { Model, Table } from '@scorecast/core';
import type { KeyedRandom } from './keyed-random.js';

/**
 * A way to learn: chosen params and a `fit`. It is never fitted itself; fitting returns the model.
 *
 * `P` are the params after defaults, `M` the kind of model that it becomes.
 */
export interface Estimator<P extends object = object, M extends Model = Model> {
  /** The estimator's name in configuration, leaderboards and bundles, such as `random-forest`. */
  readonly name: string;
  readonly params: Readonly<P>;
  /** Which family is simpler where scores tie: 0 a constant, 1 linear, 2 neighbours, 3 one tree, 4 many trees or a network. */
  readonly complexity: 0 | 1 | 2 | 3 | 4;
  /** Whether it learns from missing values (NaN) as they are. Where it does not, `fit` refuses them. Default false. */
  readonly takesMissing?: boolean;
  /**
   * Whether it learns from columns of level codes (`levelCount`) without taking them for quantities. Where it does not,
   * `fit` refuses them. Default false.
   */
  readonly takesNominal?: boolean;
  /**
   * Learns from numeric columns.
   *
   * @param x Features; not changed.
   * @param y One target per row; not changed.
   */
  fit(x: Table, y: Float64Array, run: FitContext): M;
}

/** What a fit may use besides its data. Same data, params and context give the same bytes. */
export interface FitContext {
  readonly random: KeyedRandom;
  /** Takes what is worth knowing about the fit but no reason to stop, one sentence each. Whoever does not ask is not told. */
  readonly warn?: ((this: void, warning: string) => void) | undefined;
}
