import {
  explainer,
  predictor,
  recordParser,
  type Bundle,
  type Explainer,
  type Predictor,
  type RecordParser,
} from '@scorecast/core';
import type { ModelCounts } from './metrics/model-counts.js';

/**
 * One bundle, prepared for serving. It never changes: a reload makes another, and requests that have begun finish with
 * the one they began with.
 */
export interface ServedModel {
  readonly bundle: Bundle;
  readonly predictor: Predictor;
  /** Reads records into the schema's features, for {@link Predictor.predictTable}. */
  readonly parse: RecordParser;
  /**
   * What explains predictions; made when first asked for, since most requests do not.
   *
   * @throws EXPLAIN_TOO_MANY_FEATURES, EXPLAIN_NO_REFERENCE
   */
  explainer(this: void): Explainer;
  /** What is counted of its answers for `GET /metrics`. */
  readonly counts: ModelCounts;
}

/** Prepares a loaded bundle. */
export function servedModel(bundle: Bundle, counts: ModelCounts): ServedModel {
  let prepared: Explainer | undefined;
  return {
    bundle,
    predictor: predictor(bundle),
    parse: recordParser(bundle.schema),
    explainer: () => (prepared ??= explainer(bundle)),
    counts,
  };
}

/** Makes something of a model when it is first asked for, and keeps it as long as the model is there. */
export function perModel<T extends object | string>(make: (model: ServedModel) => T): (model: ServedModel) => T {
  const made = new WeakMap<ServedModel, T>();
  return (model) => {
    const found = made.get(model) ?? make(model);
    made.set(model, found);
    return found;
  };
}
