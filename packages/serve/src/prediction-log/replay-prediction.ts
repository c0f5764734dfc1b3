import { predictor, type Bundle } from '@scorecast/core';
import { predictionLogError } from './log-error.js';
import type { PredictionRow } from './prediction-sink.js';

/** A logged prediction, computed again. */
export interface ReplayedPrediction {
  readonly prediction: number;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Whether prediction and interval are the same numbers, bit for bit. */
  readonly equal: boolean;
}

/**
 * Computes a logged prediction again from the bundle that gave it.
 *
 * @throws SERVE_INPUTS_NOT_LOGGED; SERVE_OTHER_BUNDLE for a bundle of another version; RECORD_INVALID when the inputs in
 * the log are none that the bundle would have taken.
 */
export function replayPrediction(bundle: Bundle, row: PredictionRow): ReplayedPrediction {
  const { id, inputs, inputsHash, model, version } = row;
  if (bundle.version !== version) {
    const found = `${bundle.name} ${bundle.version}`;
    throw predictionLogError('SERVE_OTHER_BUNDLE', { id, logged: `${model} ${version}`, found });
  }
  if (inputs === null) {
    throw predictionLogError('SERVE_INPUTS_NOT_LOGGED', { id, logged: inputsHash === null ? 'not' : 'only hashed' });
  }
  const [{ value, lower, upper }] = predictor(bundle).predictRecords([JSON.parse(inputs)], 'typed');
  const replayed = { prediction: value, lower: finiteOrNull(lower), upper: finiteOrNull(upper) };
  const equal = value === row.prediction && replayed.lower === row.lower && replayed.upper === row.upper;
  return { ...replayed, equal };
}

/** A bound of an interval as JSON has it: null where there is none. */
export function finiteOrNull(bound: number): number | null {
  return Number.isFinite(bound) ? bound : null;
}
