import type { Table } from '@scorecast/core';
import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import type { Fold } from '../splits/fold.js';
import type { Candidate } from './candidate.js';
import type { FoldScore } from './evaluate-fold.js';
import type { LearningData } from './prepare-fold.js';

/** Everything that the tasks of one search share: plain data, so that it can be sent to worker threads. */
export interface SearchPlan extends LearningData {
  readonly folds: readonly Fold[];
  readonly candidates: readonly Candidate[];
  readonly preprocessing: PreprocessingOptions;
  readonly seed: number;
}

/** One fit of a search: the candidate's and the fold's index. */
export interface FoldTask {
  readonly candidate: number;
  readonly fold: number;
}

/** What came of a task. A candidate that cannot be fitted is a result too, with its reason. */
export type FoldOutcome =
  | (FoldTask & { readonly kind: 'scored'; readonly score: FoldScore; readonly predictions: Float64Array })
  | (FoldTask & { readonly kind: 'failed'; readonly reason: string });

/** What the main thread tells a worker: first the plan, then task after task, each answered by a {@link FoldOutcome}. */
export type WorkerRequest =
  { readonly kind: 'plan'; readonly plan: SearchPlan } | { readonly kind: 'task'; readonly task: FoldTask };

/** The same plan with its numbers in shared memory, so that sending it to a worker copies none of them. */
export function sharePlan(plan: SearchPlan): SearchPlan {
  return { ...plan, features: shareTable(plan.features), target: shareFloats(plan.target) };
}

function shareTable(source: Table): Table {
  return {
    rowCount: source.rowCount,
    columns: source.columns.map((column) =>
      column.kind === 'numeric'
        ? { ...column, values: shareFloats(column.values) }
        : { ...column, codes: shareIntegers(column.codes) },
    ),
  };
}

function shareFloats(values: Float64Array): Float64Array {
  const shared = new Float64Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}

function shareIntegers(values: Int32Array): Int32Array {
  const shared = new Int32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return shared;
}
