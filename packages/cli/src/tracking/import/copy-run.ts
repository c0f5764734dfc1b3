import type { Run } from '@scorecast/track';
import type { ActiveRun, RunVerbs } from '@scorecast/track/client';
import { firstOf } from '../first-of.js';
import { ORIGIN_TAG, originOf, tagsOf, type ImportPlace } from './import-place.js';

/** The tag of a copy that is whole; it is written last. */
export const DONE_TAG = 'scorecast.imported_at';

const CONTEXT_TAG = 'mlflow.data.context';

/**
 * Copies a run, or goes on with a copy that was interrupted: doing any of it twice changes nothing. A run that is still
 * running is copied as far as it is, and again the next time.
 *
 * @param copy What is there of it already.
 * @returns The copy.
 */
export async function copyRun(place: ImportPlace, experiment: string, run: Run, copy: Run | undefined): Promise<Run> {
  const { source, target, terminal } = place;
  const { info, data, inputs } = run;
  const active =
    copy === undefined
      ? await target.client.runs.start({
          experiment,
          ...(info.runName === null ? {} : { name: info.runName }),
          ...(info.userId === null ? {} : { user: info.userId }),
          ...(info.startTime === null ? {} : { startTime: info.startTime }),
          tags: { [ORIGIN_TAG]: originOf(place, info.runId) },
        })
      : await resumed(target.client.runs, copy);
  await active.logParams(tagsOf(data.params));
  await active.setTags(tagsOf(data.tags.filter(({ key }) => key !== ORIGIN_TAG && key !== DONE_TAG)));
  for (const { key } of data.metrics) {
    const history = await firstOf(source.client.runs.history(info.runId, key));
    await active.logHistory(history.map(({ value, step, timestamp }) => ({ key, value, step, timestamp })));
  }
  for (const { dataset, tags } of inputs.datasetInputs) await active.logDataset(dataset, tagsOf(tags)[CONTEXT_TAG]);
  const there = await sizesOf(target.client.runs.files(active.info.runId));
  for await (const { path, sizeBytes } of source.client.runs.files(info.runId)) {
    if (sizeBytes !== null && there.get(path) === sizeBytes) continue;
    await active.logArtifact(path, await source.client.runs.readFile(info.runId, path));
  }
  if (info.status !== 'RUNNING' && info.status !== 'SCHEDULED') {
    await active.end(info.status, info.endTime ?? info.startTime ?? 0);
    await active.setTags({ [DONE_TAG]: new Date().toISOString() });
  }
  if (info.lifecycleStage === 'deleted') await target.client.runs.delete(active.info.runId);
  terminal.message('debug', `copied run ${info.runId} as ${active.info.runId}`);
  return target.client.runs.get(active.info.runId);
}

/** Nothing is written to a deleted run. */
async function resumed(runs: RunVerbs, { info }: Run): Promise<ActiveRun> {
  if (info.lifecycleStage === 'deleted') await runs.restore(info.runId);
  return runs.resume(info.runId);
}

async function sizesOf(
  files: AsyncIterable<{ readonly path: string; readonly sizeBytes: number | null }>,
): Promise<ReadonlyMap<string, number | null>> {
  return new Map((await firstOf(files)).map(({ path, sizeBytes }) => [path, sizeBytes]));
}
