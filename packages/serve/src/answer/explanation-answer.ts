import { setImmediate } from 'node:timers/promises';
import {
  rowRecord,
  takeRows,
  type CellValue,
  type Explainer,
  type ExplanationMethod,
  type Table,
} from '@scorecast/core';
import type { ServedModel } from '../served-model.js';
import { serveError } from '../serve-error.js';

/** A forest of a hundred deep trees takes some 15 ms per record. */
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
 * Explains the predictions for some records, one at a time, so that other requests are answered in between.
 *
 * @throws SERVE_TOO_MANY_EXPLAINED, SERVE_OVERFLOW, EXPLAIN_TOO_MANY_FEATURES, EXPLAIN_NO_REFERENCE
 */
export async function explanationAnswers(features: Table, model: ServedModel): Promise<readonly ExplanationAnswer[]> {
  if (features.rowCount > MAX_EXPLAINED) {
    throw serveError('SERVE_TOO_MANY_EXPLAINED', { found: features.rowCount, limit: MAX_EXPLAINED });
  }
  const explainer = model.explainer();
  const answers: ExplanationAnswer[] = [];
  for (let row = 0; row < features.rowCount; row++) {
    const answer = explainRow(takeRows(features, [row]), explainer);
    // A prediction may be cut to the target's range where its parts are beyond all numbers.
    if (!Number.isFinite(answer.sum)) throw serveError('SERVE_OVERFLOW', { record: row + 1 });
    answers.push(answer);
    await setImmediate();
  }
  return answers;
}

function explainRow(features: Table, explainer: Explainer): ExplanationAnswer {
  const { method, reference } = explainer;
  const [{ base, prediction, contributions }] = explainer.explainTable(features);
  const record = rowRecord(features, 0);
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
}
