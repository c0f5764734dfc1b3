import type { Dataset } from '../store/dataset.js';
import type { Param, Tag } from '../store/tag.js';
import type { RunStatus } from '../store/run.js';

/** What is known of a training when it begins. */
export interface RecordHead {
  /** 32 hexadecimal digits, chosen by the training. It becomes the tag `scorecast.record`, by which a run is found again. */
  readonly id: string;
  /** The experiment's name; it is created where there is none. */
  readonly experiment: string;
  readonly runName: string;
  readonly user: string;
  /** Unix milliseconds. */
  readonly startTime: number;
}

/** One measurement. */
export interface RecordedMetric {
  readonly key: string;
  /** NaN and the infinities are legal. */
  readonly value: number;
  readonly step: number;
  /** Unix milliseconds. */
  readonly timestamp: number;
}

/** Data that the training used, and what for. */
export interface RecordedDataset extends Dataset {
  /** Such as `training`. */
  readonly context: string;
}

/** A small file that the training made. */
export interface RecordedArtifact {
  /** Relative, with `/` between the names. */
  readonly path: string;
  readonly text: string;
}

/** Under which name the model becomes a version, and which folder of the artifacts it is. */
export interface RecordedModel {
  readonly name: string;
  readonly folder: string;
  readonly description: string;
  readonly tags: readonly Tag[];
}

/** One whole training, as plain data: what is recorded, or kept aside until it can be. */
export interface TrainingRecord extends RecordHead {
  readonly status: Extract<RunStatus, 'FINISHED' | 'FAILED' | 'KILLED'>;
  /** Unix milliseconds. */
  readonly endTime: number;
  readonly params: readonly Param[];
  readonly tags: readonly Tag[];
  readonly metrics: readonly RecordedMetric[];
  readonly datasets: readonly RecordedDataset[];
  readonly artifacts: readonly RecordedArtifact[];
  readonly model?: RecordedModel;
}

/** The tag by which the run of a record is found again. */
export const RECORD_TAG = 'scorecast.record';
