import { predictor, recordParser, type Bundle, type CellSource, type Prediction, type Problem } from '@scorecast/core';
import { inputProblems } from '../answer/input-problems.js';
import type { ScoredRows } from './batch-job.js';

/** Rows with their predictions, or with what is wrong with them. */
export interface RowScores extends ScoredRows {
  /** In the order of the rows. */
  readonly rows: readonly (Prediction | readonly Problem[])[];
}

/** Scores records one by one in effect: what is wrong with one does not keep the others from being predicted. */
export type RowScorer = (records: readonly unknown[], source: CellSource) => RowScores;

/** Prepares a bundle for scoring rows of a file. */
export function rowScorer(bundle: Bundle): RowScorer {
  const parse = recordParser(bundle.schema);
  const model = predictor(bundle);

  const attempt = (records: readonly unknown[], source: CellSource) => {
    try {
      const features = parse(records, source);
      return { features, predictions: model.predictTable(features) };
    } catch (error) {
      const problems = inputProblems(error);
      if (problems === undefined) throw error;
      return problems;
    }
  };

  /** The problems of each wrong row. A level that only the model refuses comes without its row: then each row is tried. */
  const byRow = (problems: readonly Problem[], records: readonly unknown[], source: CellSource) => {
    const found = new Map<number, readonly Problem[]>();
    if (problems.every(({ row }) => row !== undefined)) {
      for (const problem of problems) {
        const at = (problem.row ?? 1) - 1;
        found.set(at, [...(found.get(at) ?? []), problem]);
      }
      return found;
    }
    records.forEach((record, at) => {
      const alone = attempt([record], source);
      if (!('features' in alone)) found.set(at, alone);
    });
    return found;
  };

  return (records, source) => {
    const rows = new Array<Prediction | readonly Problem[]>(records.length);
    let kept = Array.from(records.keys());
    for (;;) {
      const these = kept.map((at) => records[at]);
      const outcome = attempt(these, source);
      if ('features' in outcome) {
        kept.forEach((at, i) => (rows[at] = outcome.predictions[i]));
        const problems = rows.flatMap((row) => ('value' in row ? [] : row));
        return { rows, problems, ...outcome };
      }
      const wrong = byRow(outcome, these, source);
      for (const [i, problems] of wrong) rows[kept[i]] = problems;
      kept = kept.filter((_, i) => !wrong.has(i));
    }
  };
}
