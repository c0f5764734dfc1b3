import { canonicalJson } from '@scorecast/core';
import { estimators, type AnyFitFamily } from '../estimators/estimators.js';
import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import type { Candidate } from './candidate.js';
import { preprocessingOf } from './preprocessing-of.js';

/** Candidates that one fit per fold answers. */
export interface PlannedFit {
  /** Their indices in the plan, ascending. */
  readonly candidates: readonly number[];
  /** How one fit answers them; undefined where the estimator has no such way. */
  readonly family: AnyFitFamily | undefined;
}

const families: ReadonlyMap<string, AnyFitFamily | undefined> = new Map(
  Object.entries(estimators).map(([name, { family }]) => [name, family]),
);

/** How one fit answers many candidates like this one; undefined where its estimator has no such way. */
export function familyOf({ estimator }: Candidate): AnyFitFamily | undefined {
  return families.get(estimator);
}

/**
 * Groups candidates into fits: the same estimator, the same preprocessing, and equal params but for those that its
 * family varies. A candidate whose estimator has no family is a fit of its own.
 *
 * @returns In the order of each fit's first candidate.
 */
export function planFits(candidates: readonly Candidate[], preprocessing: PreprocessingOptions): readonly PlannedFit[] {
  const fits = new Map<string | number, { candidates: number[]; family: AnyFitFamily | undefined }>();
  candidates.forEach((candidate, i) => {
    const family = familyOf(candidate);
    const key = family === undefined ? i : fitKey(candidate, preprocessing, family);
    const fit = fits.get(key);
    if (fit === undefined) fits.set(key, { candidates: [i], family });
    else fit.candidates.push(i);
  });
  return [...fits.values()];
}

function fitKey(candidate: Candidate, preprocessing: PreprocessingOptions, family: AnyFitFamily): string {
  const { estimator, params } = candidate;
  return canonicalJson([estimator, preprocessingOf(preprocessing, candidate), family.key(params)]);
}
