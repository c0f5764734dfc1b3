import { mean } from '@scorecast/core';
import { outOfFoldPredictions } from './cross-validate.js';
import type { SearchPlan } from './search-plan.js';

/** The predictions of candidates for the folds' test rows, as far as memory allows. */
export interface KeptPredictions {
  /**
   * Keeps a candidate's predictions for one fold.
   *
   * @param score The candidate's score in that fold; higher is better.
   */
  keep(candidate: number, fold: number, predictions: Float64Array, score: number): void;
  /**
   * What each row is predicted by a candidate's models that have not seen it, repeat after repeat; undefined when that had to
   * go. Folds that test a row several times within a repeat are added up in their order, whichever order they came in.
   */
  of(candidate: number): Float64Array | undefined;
}

/** How many bytes of predictions a search keeps: 16 000 candidates on 1000 rows. */
const LIMIT_BYTES = 128 * 2 ** 20;

/**
 * Keeps predictions up to a number of bytes. Where there are more, those of the candidates with the lowest mean scores go,
 * a quarter of all at once, and are not kept again: whoever needs them fits that candidate anew.
 */
export function keptPredictions(
  plan: Pick<SearchPlan, 'folds' | 'repeats' | 'target'>,
  limitBytes = LIMIT_BYTES,
): KeptPredictions {
  const kept = new Map<number, { readonly folds: Float64Array[]; readonly scores: number[] }>();
  const dropped = new Set<number>();
  let bytes = 0;

  const dropLowest = () => {
    const lowestFirst = [...kept].sort(([, a], [, b]) => mean(a.scores) - mean(b.scores));
    for (const [candidate, entry] of lowestFirst) {
      if (bytes <= 0.75 * limitBytes) return;
      kept.delete(candidate);
      dropped.add(candidate);
      bytes -= entry.folds.reduce((sum, { byteLength }) => sum + byteLength, 0);
    }
  };

  return {
    keep(candidate, fold, predictions, score) {
      if (dropped.has(candidate)) return;
      const entry = kept.get(candidate) ?? { folds: [], scores: [] };
      entry.folds[fold] = predictions;
      entry.scores.push(score);
      kept.set(candidate, entry);
      bytes += predictions.byteLength;
      if (bytes > limitBytes) dropLowest();
    },
    of(candidate) {
      const entry = kept.get(candidate);
      if (entry === undefined) return undefined;
      const byRow = outOfFoldPredictions(plan, plan.target.length);
      entry.folds.forEach((values, fold) => byRow.add(fold, values));
      return byRow.means();
    },
  };
}
