import {
  formatProblem,
  predictor,
  recordParser,
  type Bundle,
  type CellSource,
  type Prediction,
  type Problem,
} from '@scorecast/core';
import { inputProblems } from '../answer/input-problems.js';
import type { ScoredListener } from './batch-job.js';

/** A row's prediction with its id, or what is wrong with the row. */
export type RowScore = IdentifiedPrediction | readonly Problem[];

interface IdentifiedPrediction extends Prediction {
  readonly id: string;
}

/** Scores records one by one in effect: what is wrong with one does not keep the others from being predicted. */
export type RowScorer = (records: readonly unknown[], source: CellSource) => Promise<readonly RowScore[]>;

/** Prepares a bundle for scoring rows of a file; the listener hears of them as they are scored. */
export function rowScorer(bundle: Bundle, onScored: ScoredListener): RowScorer {
  const names = bundle.schema.identifiers.map(({ name }) => name);
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

  return async (records, source) => {
    const wrong = new Map<number, readonly Problem[]>();
    for (;;) {
      const kept = Array.from(records.keys()).filter((at) => !wrong.has(at));
      const these = kept.map((at) => records[at]);
      const outcome = attempt(these, source);
      if ('features' in outcome) {
        const identifiers = names.length === 0 ? [] : these.map((record) => pick(record, names));
        const id = await onScored({ ...outcome, identifiers, problems: Array.from(wrong.values()).flat() });
        const rows: RowScore[] = records.map((_, at) => wrong.get(at) ?? []);
        kept.forEach((at, i) => (rows[at] = { id: `${id}.${i}`, ...outcome.predictions[i] }));
        return rows;
      }
      for (const [i, problems] of byRow(outcome, these, source)) wrong.set(kept[i], problems);
    }
  };
}

/** Some of a record's fields. */
function pick(record: unknown, names: readonly string[]): object {
  if (typeof record !== 'object' || record === null) return {};
  return Object.fromEntries(Object.entries(record).filter(([name]) => names.includes(name)));
}

/** What is wrong with a row, in one sentence each; the row need not be named, since it stands there. */
export function problemText(problems: readonly Problem[]): string {
  return problems.map(({ row: _row, ...problem }) => formatProblem(problem)).join('; ');
}

/** How many rows have no prediction. */
export function refusedCount(rows: readonly RowScore[]): number {
  return rows.filter((row) => !('value' in row)).length;
}
