/** A prediction as a log holds it. Texts of JSON are made once, by whoever logs, and stored as they are. */
export interface PredictionRow {
  readonly id: string;
  /** When it was given, in milliseconds since 1970: the time in the id. */
  readonly givenAt: number;
  /** How it was asked for: `predict`, `api-predict`, `invocations`, `form` or `batch`. */
  readonly route: string;
  readonly model: string;
  readonly version: string;
  readonly prediction: number;
  /** Null where the interval has no end. */
  readonly lower: number | null;
  readonly upper: number | null;
  readonly level: number;
  /** The features as one JSON object; null where they are not logged. */
  readonly inputs: string | null;
  /** The keyed hash of the features, 64 hexadecimal digits; null where they are not hashed. */
  readonly inputsHash: string | null;
  /** The identifiers that were sent along, as one JSON object; null where there are none or they are not logged. */
  readonly identifiers: string | null;
}

/** What turned out to be true, for one prediction. Several for one id are corrections: the last one counts. */
export interface OutcomeRow {
  /** The prediction's. */
  readonly id: string;
  readonly outcome: number;
  /** When it became true, in milliseconds since 1970, where somebody said so. */
  readonly outcomeAt: number | null;
  /** When it was recorded, in milliseconds since 1970. */
  readonly recordedAt: number;
}

/** What a sink kept of what it was given. */
export interface Kept {
  /** How many rows, from the first on; at least one. The others are given again. */
  readonly rows: number;
  /** How many bytes they took, as far as the sink can say. */
  readonly bytes: number;
}

/**
 * Where predictions and outcomes are kept. Calls may fail at any time and are then repeated, so that a row may arrive
 * twice; a sink never waits for long. One call of a method ends before the log makes the next one of that method.
 */
export interface PredictionSink {
  /** Keeps predictions, in the order of their ids. */
  writePredictions(rows: readonly PredictionRow[]): Promise<Kept>;
  writeOutcomes(rows: readonly OutcomeRow[]): Promise<void>;
  findPrediction(id: string): Promise<PredictionRow | undefined>;
  /** Which of these ids are those of predictions in the log. */
  knownIds(ids: readonly string[]): Promise<ReadonlySet<string>>;
  /** All outcomes of a prediction, in the order in which they were recorded. */
  outcomesOf(id: string): Promise<readonly OutcomeRow[]>;
  /** Removes what is older than the log keeps. */
  removeExpired(): Promise<void>;
  close(): Promise<void>;
}

/** How long a log keeps what it has. */
export interface Retention {
  /** Days since a prediction was given; Infinity for ever. */
  readonly keepDays: number;
  /** Bytes of all files together; Infinity for any number. */
  readonly keepBytes: number;
}
