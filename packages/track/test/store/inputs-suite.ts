import { expect, it } from 'vitest';
import {
  createExperiment,
  createLoggedModel,
  createRun,
  getRun,
  logInputs,
  logOutputs,
  searchDatasets,
  searchRuns,
} from '../../src/index.js';
import { onEachDatabase } from './backends.js';

const exams = {
  dataset: { name: 'exams', digest: 'abc', sourceType: 'local', source: '{}', schema: '{"a": 1}', profile: null },
  tags: [{ key: 'mlflow.data.context', value: 'train' }],
};

onEachDatabase('inputs and outputs', (open) => {
  it('say what data a run was given, once however often it is said', async () => {
    const { store } = open();
    const { runId } = (await createRun(store, {})).info;
    await logInputs(store, { runId, datasets: [exams, exams] });
    await logInputs(store, { runId, datasets: [exams] });
    expect((await getRun(store, runId)).inputs.datasetInputs).toEqual([exams]);
  });

  it('share a data set between runs of an experiment, not beyond it', async () => {
    const { store } = open();
    const other = await createExperiment(store, { name: 'other' });
    const ids = ['0', '0', other];
    for (const experimentId of ids) {
      const { runId } = (await createRun(store, { experimentId })).info;
      await logInputs(store, { runId, datasets: [exams] });
    }
    expect(await searchDatasets(store, { experimentIds: ['0', other] })).toEqual(
      [
        { experimentId: '0', name: 'exams', digest: 'abc', context: 'train' },
        { experimentId: other, name: 'exams', digest: 'abc', context: 'train' },
      ].sort((a, b) => Number(a.experimentId) - Number(b.experimentId)),
    );
    const rows = await store.db.read(async (queries) =>
      queries.selectFrom('datasets').select('dataset_uuid').execute(),
    );
    expect(rows).toHaveLength(2);
  });

  it('find runs by data set', async () => {
    const { store } = open();
    const { runId } = (await createRun(store, {})).info;
    await createRun(store, {});
    await logInputs(store, { runId, datasets: [exams] });
    const found = async (filter: string): Promise<string[]> =>
      (await searchRuns(store, { experimentIds: ['0'], filter })).items.map(({ info }) => info.runId);
    expect(await found("datasets.name = 'exams'")).toEqual([runId]);
    expect(await found("dataset.digest LIKE 'a%' AND datasets.context = 'train'")).toEqual([runId]);
    expect(await found("datasets.context IN ('test', 'train')")).toEqual([runId]);
    expect(await found("datasets.name = 'other'")).toEqual([]);
  });

  it('say which models a run was given and made', async () => {
    const { store } = open();
    const { runId } = (await createRun(store, {})).info;
    const { modelId } = await createLoggedModel(store, { experimentId: '0' });
    await logInputs(store, { runId, models: [{ modelId }] });
    await logOutputs(store, { runId, models: [{ modelId, step: 3 }] });
    await logOutputs(store, { runId, models: [{ modelId, step: 3 }] });
    const run = await getRun(store, runId);
    expect(run.inputs.modelInputs).toEqual([{ modelId }]);
    expect(run.outputs.modelOutputs).toEqual([{ modelId, step: 3 }]);
  });

  it('refuse data sets that do not fit', async () => {
    const { store } = open();
    const { runId } = (await createRun(store, {})).info;
    const datasets = [{ ...exams, dataset: { ...exams.dataset, digest: 'x'.repeat(37) } }];
    await expect(logInputs(store, { runId, datasets })).rejects.toMatchObject({
      message: "'digest' exceeds the maximum length of 36 characters",
    });
  });
});
