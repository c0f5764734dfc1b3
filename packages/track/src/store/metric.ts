/** One measurement of a run. */
export interface Metric {
  readonly key: string;
  /** Any number; NaN and the infinities are legal. */
  readonly value: number;
  /** Unix milliseconds. */
  readonly timestamp: number;
  /** May be negative. */
  readonly step: number;
  /** The run that was measured; set in histories over several runs and in metrics of logged models. */
  readonly runId?: string | undefined;
  /** The logged model that was measured. */
  readonly modelId?: string | undefined;
  readonly datasetName?: string | undefined;
  readonly datasetDigest?: string | undefined;
}
