import { canonicalJson } from '@scorecast/core';
import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import type { Candidate } from './candidate.js';
import { completeParams } from './complete-candidate.js';
import { planFits, type PlannedFit } from './plan-fits.js';

/** Which fits answer which candidates, before anything is fitted. */
export interface PlanExplanation {
  readonly candidates: number;
  readonly folds: number;
  /** How many times the rows are cut into so many folds. */
  readonly foldRepeats: number;
  /** The fits of the search: one per fold, in each repeat, for every entry of `perFold`. */
  readonly fits: number;
  /** The fits that it would take to fit every candidate alone. */
  readonly fitsAlone: number;
  /** The fits of one fold. */
  readonly perFold: readonly ExplainedFit[];
}

/** One fit of a fold and what it answers. */
export interface ExplainedFit {
  readonly estimator: string;
  /** How one fit answers them all; undefined where there is one candidate only. */
  readonly about: string | undefined;
  readonly candidates: readonly Candidate[];
  /** What all candidates have in common of what was chosen for them. */
  readonly fixed: Readonly<Record<string, unknown>>;
  /** The values of each param that differs between them. */
  readonly varied: Readonly<Record<string, readonly unknown[]>>;
}

/**
 * Says how a search will be done.
 *
 * @param plan What is to be tried, in how many folds, how many times (default 1), and the preprocessing of the search.
 * @example
 * const candidates = expandGrid([{ estimator: 'k-neighbors', params: { nNeighbors: [5, 7, 9] } }]);
 * const { fits, fitsAlone } = explainPlan({ candidates, folds: 5 });
 * [fits, fitsAlone]; // => [5, 15]
 */
export function explainPlan(plan: {
  readonly candidates: readonly Candidate[];
  readonly folds: number;
  readonly foldRepeats?: number;
  readonly preprocessing?: PreprocessingOptions;
}): PlanExplanation {
  const { candidates, folds, foldRepeats = 1, preprocessing = {} } = plan;
  const perFold = planFits(candidates, preprocessing).map((fit) => explainFit(candidates, fit));
  return {
    candidates: candidates.length,
    folds,
    foldRepeats,
    fits: perFold.length * folds * foldRepeats,
    fitsAlone: candidates.length * folds * foldRepeats,
    perFold,
  };
}

function explainFit(all: readonly Candidate[], fit: PlannedFit): ExplainedFit {
  const candidates = fit.candidates.map((i) => all[i]);
  const [{ estimator }] = candidates;
  const about = candidates.length > 1 ? fit.family?.about : undefined;
  const names = new Set(
    candidates.flatMap(({ params, preprocessing }) => Object.keys({ ...params, ...preprocessing })),
  );
  const complete = candidates.map((candidate) => new Map<string, unknown>(Object.entries(withDefaults(candidate))));
  const fixed: Record<string, unknown> = {};
  const varied: Record<string, readonly unknown[]> = {};
  for (const name of names) {
    const values = distinct(complete.map((params) => params.get(name)));
    if (values.length === 1) [fixed[name]] = values;
    else varied[name] = values;
  }
  return { estimator, about, candidates, fixed, varied };
}

function withDefaults(candidate: Candidate): object {
  return { ...completeParams(candidate), ...candidate.preprocessing };
}

function distinct(values: readonly unknown[]): readonly unknown[] {
  const keys = values.map((value) => canonicalJson([value]));
  return values.filter((_, i) => keys.indexOf(keys[i]) === i);
}
