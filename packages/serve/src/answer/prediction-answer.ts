import type { Prediction } from '@scorecast/core';

/** A prediction as clients get it. */
export interface PredictionAnswer {
  /** The score, never rounded or cut to a whole number. */
  readonly prediction: number;
  /** How often the interval holds the true value: the interval's level. */
  readonly confidence: number;
  /** A bound is null where there is none: JSON has no infinity. */
  readonly interval: { readonly lower: number | null; readonly upper: number | null; readonly level: number };
}

/** Puts predictions, whose values are finite, into the form in which clients get them. */
export function predictionAnswers(predictions: readonly Prediction[], level: number): readonly PredictionAnswer[] {
  return predictions.map(({ value, lower, upper }) => ({
    prediction: value,
    confidence: level,
    interval: { lower: finite(lower), upper: finite(upper), level },
  }));
}

function finite(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}
