import type { ModelVersion } from '../store/model-version.js';
import type { RecordingTarget, TargetRun } from './recording-target.js';
import type { TrainingRecord } from './training-record.js';

/** What became of a record. */
export interface DeliveredRecord {
  readonly run: TargetRun;
  /** The registered version, where the record has a model. */
  readonly version?: ModelVersion;
}

/**
 * Writes a whole record to a target. Where that was interrupted it can be done again: what is there already stays as it is, so
 * nothing comes twice.
 *
 * @param begun The run, where the training began one.
 */
export async function deliverRecord(
  target: RecordingTarget,
  record: TrainingRecord,
  begun?: TargetRun,
): Promise<DeliveredRecord> {
  const run = begun ?? (await target.findRun(record)) ?? (await target.startRun(record));
  const { params, tags, metrics, datasets, artifacts, model } = record;
  await target.log(run.runId, { params, tags, metrics });
  for (const dataset of datasets) await target.logDataset(run.runId, dataset);
  for (const { path, text } of artifacts) await target.writeArtifact(run, path, text);
  const version = model === undefined ? undefined : await target.register(run, model);
  // Last, so that a run that says FINISHED has everything.
  await target.endRun(run.runId, record);
  return { run, ...(version === undefined ? {} : { version }) };
}
