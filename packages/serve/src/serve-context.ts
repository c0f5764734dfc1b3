import type { Predictor } from '@scorecast/core';
import type { Assets } from './assets.js';
import type { CompleteOptions } from './server-options.js';

/** What every route and page is given: made once, when the server is created. */
export interface ServeContext {
  readonly predictor: Predictor;
  readonly options: CompleteOptions;
  readonly assets: Assets;
}
