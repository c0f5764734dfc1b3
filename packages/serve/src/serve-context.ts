import {
  explainer,
  predictor,
  recordParser,
  type Bundle,
  type Explainer,
  type Predictor,
  type RecordParser,
} from '@scorecast/core';
import type { Assets } from './assets.js';
import { serverMetrics, type ServerMetrics } from './metrics/server-metrics.js';
import type { CompleteOptions } from './server-options.js';

/** What every route and page is given: made once, when the server is created. */
export interface ServeContext {
  readonly predictor: Predictor;
  /** Reads records into the schema's features, for {@link Predictor.predictTable}. */
  readonly parse: RecordParser;
  /**
   * What explains predictions; made when first asked for, since most requests do not.
   *
   * @throws EXPLAIN_TOO_MANY_FEATURES, EXPLAIN_NO_REFERENCE
   */
  explainer(this: void): Explainer;
  /** What is counted for `GET /metrics`. */
  readonly metrics: ServerMetrics;
  readonly options: CompleteOptions;
  readonly assets: Assets;
}

/** Prepares a bundle for all routes. */
export function serveContext(bundle: Bundle, options: CompleteOptions, assets: Assets): ServeContext {
  let prepared: Explainer | undefined;
  return {
    predictor: predictor(bundle),
    parse: recordParser(bundle.schema),
    explainer: () => (prepared ??= explainer(bundle)),
    metrics: serverMetrics(bundle, options.now()),
    options,
    assets,
  };
}
