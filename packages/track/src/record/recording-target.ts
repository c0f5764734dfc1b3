import type { Param, Tag } from '../store/tag.js';
import type { ModelVersion } from '../store/model-version.js';
import type { RecordedDataset, RecordedMetric, RecordedModel, RecordHead, TrainingRecord } from './training-record.js';

/** What a run is told in one go. */
interface RunEntries {
  readonly params?: readonly Param[];
  readonly tags?: readonly Tag[];
  readonly metrics?: readonly RecordedMetric[];
}

/** A run that exists at a target. */
export interface TargetRun {
  readonly runId: string;
  /** Where the target keeps the run's files. */
  readonly artifactUri: string;
}

/** Where trainings are recorded: a store in this process, or a server. Doing any of it twice changes nothing but `startRun`. */
export interface RecordingTarget {
  /** As users know it; without passwords. */
  readonly uri: string;
  findRun(head: Pick<RecordHead, 'id' | 'experiment'>): Promise<TargetRun | undefined>;
  /** Begins a run that carries the record's id as a tag. */
  startRun(head: RecordHead): Promise<TargetRun>;
  log(runId: string, entries: RunEntries): Promise<void>;
  logDataset(runId: string, dataset: RecordedDataset): Promise<void>;
  writeArtifact(run: TargetRun, path: string, text: string): Promise<void>;
  /** Makes a version of the run's model, or gives the version that the run has already. */
  register(run: TargetRun, model: RecordedModel): Promise<ModelVersion>;
  endRun(runId: string, end: Pick<TrainingRecord, 'status' | 'endTime'>): Promise<void>;
  close(): Promise<void>;
}
