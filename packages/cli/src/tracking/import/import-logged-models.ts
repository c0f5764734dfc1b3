import type { LoggedModel, Run } from '@scorecast/track';
import { firstOf } from '../first-of.js';
import { isForeign } from '../with-tracking.js';
import { DONE_TAG } from './copy-run.js';
import type { ImportedExperiment, ImportedRuns } from './import-experiments.js';
import { ORIGIN_TAG, originOf, tagsOf, type ImportPlace } from './import-place.js';

/** What became of the logged models. */
export interface ImportedLoggedModels {
  readonly copied: number;
  readonly present: number;
  /** By the id of the original: the id of the copy. */
  readonly targets: ReadonlyMap<string, string>;
}

/**
 * Copies the models that runs logged, as clients since 3.0 do, and says which runs made and used them. Servers before 3.0 have
 * none; deleted ones are in no list that a server gives.
 */
export async function importLoggedModels(place: ImportPlace, runs: ImportedRuns): Promise<ImportedLoggedModels> {
  const targets = new Map<string, string>();
  const counts = { copied: 0, present: 0 };
  for (const experiment of runs.experiments) {
    const found = await loggedModelsOf(place, experiment);
    if (found.length === 0) continue;
    const copies = await copiesIn(place, experiment);
    for (const model of found) {
      const copy = copies.get(originOf(place, model.modelId));
      const isDone = copy !== undefined && tagsOf(copy.tags)[DONE_TAG] !== undefined;
      const { modelId } = isDone ? copy : await copyModel(place, experiment, model, runs.targets, copy);
      targets.set(model.modelId, modelId);
      counts[isDone ? 'present' : 'copied'] += 1;
    }
  }
  for (const original of runs.originals) await linkModels(place, original, runs.targets, targets);
  return { ...counts, targets };
}

async function loggedModelsOf(
  { source }: ImportPlace,
  { sourceId }: ImportedExperiment,
): Promise<readonly LoggedModel[]> {
  try {
    return await firstOf(source.client.loggedModels.search(sourceId));
  } catch (error) {
    if (isForeign(error)) return [];
    throw error;
  }
}

async function copiesIn(
  { target }: ImportPlace,
  { targetId }: ImportedExperiment,
): Promise<ReadonlyMap<string, LoggedModel>> {
  const all = await firstOf(target.client.loggedModels.search(targetId));
  return new Map(all.map((model) => [tagsOf(model.tags)[ORIGIN_TAG] ?? '', model]));
}

async function copyModel(
  place: ImportPlace,
  { targetId }: ImportedExperiment,
  model: LoggedModel,
  runs: ReadonlyMap<string, Run>,
  begun: LoggedModel | undefined,
): Promise<LoggedModel> {
  const from = place.source.client.loggedModels;
  const { loggedModels: to, runs: targetRuns } = place.target.client;
  const sourceRunId = runs.get(model.sourceRunId ?? '')?.info.runId;
  const copy =
    begun ??
    (await to.create({
      experimentId: targetId,
      name: model.name,
      ...(model.modelType === null ? {} : { modelType: model.modelType }),
      ...(sourceRunId === undefined ? {} : { sourceRunId }),
      params: tagsOf(model.params),
      tags: { ...tagsOf(model.tags), [ORIGIN_TAG]: originOf(place, model.modelId) },
    }));
  for await (const path of from.files(model.modelId)) {
    await to.writeFile(copy, path, await from.readFile(model.modelId, path));
  }
  for (const { runId, ...metric } of model.metrics) {
    const measuredBy = runs.get(runId ?? '');
    if (measuredBy === undefined || measuredBy.info.lifecycleStage === 'deleted') continue;
    await (await targetRuns.resume(measuredBy.info.runId)).logHistory([{ ...metric, modelId: copy.modelId }]);
  }
  if (model.status !== 'LOGGED_MODEL_PENDING') {
    await to.finalize(copy.modelId, model.status);
    await to.setTags(copy.modelId, { [DONE_TAG]: new Date().toISOString() });
  }
  return copy;
}

async function linkModels(
  { target }: ImportPlace,
  { info, inputs, outputs }: Run,
  runs: ReadonlyMap<string, Run>,
  models: ReadonlyMap<string, string>,
): Promise<void> {
  const copy = runs.get(info.runId);
  if (copy === undefined || info.lifecycleStage === 'deleted') return;
  const used = inputs.modelInputs.flatMap(({ modelId }) => models.get(modelId) ?? []);
  const made = outputs.modelOutputs.flatMap(({ modelId, step }) => {
    const found = models.get(modelId);
    return found === undefined ? [] : [{ modelId: found, step }];
  });
  if (used.length + made.length === 0) return;
  const active = await target.client.runs.resume(copy.info.runId);
  await active.logModels({ inputs: used.map((modelId) => ({ modelId })), outputs: made });
}
