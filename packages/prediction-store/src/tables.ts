import type { Generated } from 'kysely';

/** The tables, as Kysely types them. Their names are our own, so that they may stand in a database with others. */
export interface Tables {
  scorecast_predictions: PredictionsTable;
  scorecast_outcomes: OutcomesTable;
}

/** One row per prediction. Times are milliseconds since 1970; objects are texts of JSON. */
export interface PredictionsTable {
  id: string;
  given_at: number;
  route: string;
  model: string;
  version: string;
  prediction: number;
  lower: number | null;
  upper: number | null;
  level: number;
  inputs: string | null;
  inputs_hash: string | null;
  identifiers: string | null;
}

/** One row per outcome; of several for one prediction, the last recorded one counts. */
interface OutcomesTable {
  /** Ascends in the order in which outcomes were recorded. */
  row: Generated<number>;
  prediction_id: string;
  /** When the prediction was given, which its id says. */
  prediction_at: number;
  outcome: number;
  outcome_at: number | null;
  recorded_at: number;
}
