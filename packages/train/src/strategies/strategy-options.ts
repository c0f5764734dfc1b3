import type { HalvingResource } from './successive-halving.js';

/** How a space is searched. */
export interface StrategyOptions {
  /**
   * `random` draws; `tpe` draws where it went well; `halving` gives many candidates few rows and the best of them more;
   * `hyperband` does that with several shares. Default `tpe`.
   */
  readonly strategy?: 'random' | 'halving' | 'hyperband' | 'tpe';
  /** How many different candidates are tried. Default 50; without a limit when only `timeSeconds` is given. */
  readonly candidates?: number;
  /** When the search stops to try more. With it, the result depends on the machine's speed. Default: no limit. */
  readonly timeSeconds?: number;
  /** How many candidates in a row may fail to beat the best before the search stops. Default: no limit. */
  readonly patience?: number;
  /** What `halving` and `hyperband` save on: training rows (`rows`, the default) or `nEstimators`. */
  readonly resource?: HalvingResource;
}
