import { type DatasetInput } from './dataset.js';
import { type LifecycleStage } from './lifecycle.js';
import { type Metric } from './metric.js';
import { type Param, type Tag } from './tag.js';

/** Where a run stands. */
export type RunStatus = 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED';

/** The facts of a run. Times are Unix milliseconds. */
export interface RunInfo {
  /** 32 hexadecimal digits. */
  readonly runId: string;
  readonly runName: string | null;
  readonly experimentId: string;
  readonly userId: string | null;
  readonly status: RunStatus;
  readonly startTime: number | null;
  readonly endTime: number | null;
  readonly artifactUri: string | null;
  readonly lifecycleStage: LifecycleStage;
}

/** What a run recorded; of each metric the latest value. */
export interface RunData {
  readonly metrics: readonly Metric[];
  readonly params: readonly Param[];
  readonly tags: readonly Tag[];
}

/** A logged model that a run was given. */
export interface ModelInput {
  readonly modelId: string;
}

/** A logged model that a run made, and the step at which. */
export interface ModelOutput {
  readonly modelId: string;
  readonly step: number;
}

/** One training: its facts, what it recorded, what it was given and what it made. */
export interface Run {
  readonly info: RunInfo;
  readonly data: RunData;
  readonly inputs: { readonly datasetInputs: readonly DatasetInput[]; readonly modelInputs: readonly ModelInput[] };
  readonly outputs: { readonly modelOutputs: readonly ModelOutput[] };
}
