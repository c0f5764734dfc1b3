/** The predictions of candidates for the folds' test rows, as far as memory allows. */
export interface KeptPredictions {
  /**
   * Keeps a candidate's predictions for one fold.
   *
   * @param r2 The candidate's mean R2 over its folds so far.
   */
  keep(candidate: number, fold: number, predictions: Float64Array, r2: number): void;
  /** The predictions of all folds so far, by fold; undefined when they had to go. */
  of(candidate: number): readonly Float64Array[] | undefined;
}

/**
 * Keeps predictions up to a number of bytes. Where there are more, those of the candidates with the lowest scores go,
 * a quarter of all at once, and are not kept again: whoever needs them fits that candidate anew.
 */
export function keptPredictions(limitBytes: number): KeptPredictions {
  const kept = new Map<number, { readonly folds: Float64Array[]; bytes: number; r2: number }>();
  const dropped = new Set<number>();
  let bytes = 0;

  const dropLowest = () => {
    const lowestFirst = [...kept].sort(([, a], [, b]) => a.r2 - b.r2);
    for (const [candidate, entry] of lowestFirst) {
      if (bytes <= 0.75 * limitBytes) return;
      kept.delete(candidate);
      dropped.add(candidate);
      bytes -= entry.bytes;
    }
  };

  return {
    keep(candidate, fold, predictions, r2) {
      if (dropped.has(candidate)) return;
      const entry = kept.get(candidate) ?? { folds: [], bytes: 0, r2 };
      entry.folds[fold] = predictions;
      entry.bytes += predictions.byteLength;
      entry.r2 = r2;
      kept.set(candidate, entry);
      bytes += predictions.byteLength;
      if (bytes > limitBytes) dropLowest();
    },
    of: (candidate) => kept.get(candidate)?.folds,
  };
}
