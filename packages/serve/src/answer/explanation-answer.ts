import { rowRecord, type CellValue, type ExplanationMethod, type Table } from '@scorecast/core';
import type { ServeContext } from '../serve-context.js';
import { serveError } from '../serve-error.js';

/** Some models need milliseconds per record, in which nobody else is answered. */
const MAX_EXPLAINED = 100;

/** How a prediction comes about, as clients get it: `base` and all contributions add up to `sum`. */
export interface ExplanationAnswer {
  readonly method: ExplanationMethod;
  /** What the base is. */
  readonly reference: string;
  readonly base: number;
  readonly contributions: readonly {
    readonly feature: string;
    readonly value: CellValue;
    readonly contribution: number;
  }[];
  /** The prediction before it is cut to the target's range. */
  readonly sum: number;
}

/**
 * Explains the predictions for some records.
 *
 * @throws SERVE_TOO_MANY_EXPLAINED, EXPLAIN_TOO_MANY_FEATURES, EXPLAIN_NO_REFERENCE
 */
export function explanationAnswers(features: Table, context: ServeContext): readonly ExplanationAnswer[] {
  if (features.rowCount > MAX_EXPLAINED) {
    throw serveError('SERVE_TOO_MANY_EXPLAINED', { found: features.rowCount, limit: MAX_EXPLAINED });
  }
  const explainer = context.explainer();
  const { method, reference } = explainer;
  return explainer.explainTable(features).map(({ base, prediction, contributions }, i) => {
    const record = rowRecord(features, i);
    return {
      method,
      reference,
      base,
      contributions: features.columns.map(({ name }, f) => ({
        feature: name,
        value: record[name],
        contribution: contributions[f],
      })),
      sum: prediction,
    };
  });
}
