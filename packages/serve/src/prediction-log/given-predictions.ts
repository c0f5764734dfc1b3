import type { Bundle, Prediction, Table } from '@scorecast/core';
import { identifiersOf, inputsHash, inputWriter, type LogInputs } from './logged-inputs.js';
import type { AnswerId } from './prediction-id.js';
import type { PredictionRow } from './prediction-sink.js';
import { finiteOrNull } from './replay-prediction.js';

/** Which address predictions were asked at. */
type PredictionRoute = 'predict' | 'api-predict' | 'invocations' | 'form' | 'batch';

/** An answer, as the route that gave it has it at hand: it is only referred to, and turned into rows later. */
export interface GivenPredictions {
  readonly answer: AnswerId;
  readonly route: PredictionRoute;
  readonly bundle: Bundle;
  readonly features: Table;
  readonly predictions: readonly Prediction[];
  /** Whether the answer is one prediction and no list: then its id is the prediction's. */
  readonly isSingle: boolean;
  /** The records as they were sent, for the identifiers in them. */
  readonly records: readonly unknown[];
}

/** What of an answer is written down. */
export interface RowContents {
  readonly inputs: LogInputs;
  /** The key of hashes; only used when inputs are hashed. */
  readonly key: string;
  readonly identifiers: boolean;
}

/** Turns answers into rows. */
export type RowMaker = (given: GivenPredictions, row: number) => PredictionRow;

/** Prepares the turning of answers into rows. */
export function rowMaker({ inputs, key, identifiers }: RowContents): RowMaker {
  // Bundles come and go while a server lives.
  const writers = new WeakMap<Bundle, ReturnType<typeof inputWriter>>();
  const writerOf = (bundle: Bundle) => {
    const known = writers.get(bundle) ?? inputWriter(bundle.schema);
    writers.set(bundle, known);
    return known;
  };
  return ({ answer, route, bundle, features, predictions, isSingle, records }, row) => {
    const { value, lower, upper } = predictions[row];
    return {
      id: isSingle ? answer.id : `${answer.id}.${row}`,
      givenAt: answer.at,
      route,
      model: bundle.name,
      version: bundle.version,
      prediction: value,
      lower: finiteOrNull(lower),
      upper: finiteOrNull(upper),
      level: bundle.interval.level,
      inputs: inputs === 'full' ? writerOf(bundle)(features, row) : null,
      inputsHash: inputs === 'hashed' ? inputsHash(features, row, key) : null,
      identifiers: identifiers ? identifiersOf(records[row], bundle.schema) : null,
    };
  };
}
