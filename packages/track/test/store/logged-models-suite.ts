import { expect, it } from 'vitest';
import {
  createExperiment,
  createLoggedModel,
  createRun,
  deleteLoggedModel,
  deleteLoggedModelTag,
  finalizeLoggedModel,
  getLoggedModel,
  logLoggedModelParams,
  logMetric,
  searchLoggedModels,
  setLoggedModelTags,
  type SearchLoggedModelsRequest,
} from '../../src/index.js';
import { onEachDatabase } from './backends.js';

const experimentId = '0';
const missing = { code: 'RESOURCE_DOES_NOT_EXIST', status: 404 };
const invalid = { code: 'INVALID_PARAMETER_VALUE', status: 400 };

onEachDatabase('logged models', (open) => {
  it('are pending until their files have arrived', async () => {
    const { store, setNow } = open();
    const model = await createLoggedModel(store, {
      experimentId,
      name: 'ridge',
      modelType: 'regressor',
      params: [{ key: 'alpha', value: '1' }],
      tags: [{ key: 'a', value: 'x' }],
    });
    expect(model).toMatchObject({
      modelId: expect.stringMatching(/^m-[0-9a-f]{32}$/u),
      artifactUri: `/artifacts/0/models/${model.modelId}/artifacts`,
      status: 'LOGGED_MODEL_PENDING',
      params: [{ key: 'alpha', value: '1' }],
      tags: [{ key: 'a', value: 'x' }],
      metrics: [],
    });
    setNow(1_700_000_000_007);
    const ready = await finalizeLoggedModel(store, { modelId: model.modelId, status: 'LOGGED_MODEL_READY' });
    expect(ready).toEqual({ ...model, status: 'LOGGED_MODEL_READY', lastUpdatedTime: 1_700_000_000_007 });
    expect(await getLoggedModel(store, model.modelId)).toEqual(ready);
  });

  it('have names without signs that mean something in URIs', async () => {
    const { store } = open();
    for (const name of ['', 'a/b', 'a:b', 'a.b', 'a%b', 'a"b', "a'b"]) {
      await expect(createLoggedModel(store, { experimentId, name }), name).rejects.toMatchObject(invalid);
    }
    expect((await createLoggedModel(store, { experimentId })).name).toMatch(/^[a-z]+-[a-z]+-\d+$/u);
    await expect(createLoggedModel(store, { experimentId: '9' })).rejects.toMatchObject(missing);
  });

  it('get tags and params', async () => {
    const { store } = open();
    const { modelId } = await createLoggedModel(store, { experimentId });
    await setLoggedModelTags(store, { modelId, tags: [{ key: 'a', value: '1' }] });
    await setLoggedModelTags(store, {
      modelId,
      tags: [
        { key: 'a', value: '2' },
        { key: 'b', value: '3' },
      ],
    });
    await deleteLoggedModelTag(store, { modelId, key: 'b' });
    await logLoggedModelParams(store, { modelId, params: [{ key: 'p', value: '1' }] });
    await logLoggedModelParams(store, { modelId, params: [{ key: 'p', value: '1' }] });
    await expect(logLoggedModelParams(store, { modelId, params: [{ key: 'p', value: '2' }] })).rejects.toMatchObject(
      invalid,
    );
    expect(await getLoggedModel(store, modelId)).toMatchObject({
      tags: [{ key: 'a', value: '2' }],
      params: [{ key: 'p', value: '1' }],
    });
    await expect(deleteLoggedModelTag(store, { modelId, key: 'b' })).rejects.toMatchObject(missing);
    await expect(setLoggedModelTags(store, { modelId: 'm-0', tags: [] })).rejects.toMatchObject({
      ...missing,
      message: "Logged model with ID 'm-0' not found.",
    });
  });

  it('are gone when they are deleted', async () => {
    const { store } = open();
    const { modelId } = await createLoggedModel(store, { experimentId });
    await deleteLoggedModel(store, modelId);
    await expect(getLoggedModel(store, modelId)).rejects.toMatchObject(missing);
    expect((await searchLoggedModels(store, { experimentIds: [experimentId] })).items).toEqual([]);
  });

  it('are measured through their run', async () => {
    const { store } = open();
    const { runId } = (await createRun(store, {})).info;
    const { modelId } = await createLoggedModel(store, { experimentId, sourceRunId: runId });
    const metric = { key: 'r2', value: NaN, timestamp: 5, step: 1, modelId, datasetName: 'exams', datasetDigest: 'd' };
    await logMetric(store, { runId, metric });
    await logMetric(store, { runId, metric });
    expect((await getLoggedModel(store, modelId)).metrics).toEqual([{ ...metric, runId }]);
    await expect(logMetric(store, { runId, metric: { ...metric, modelId: 'm-0' } })).rejects.toMatchObject(missing);
  });

  it('are searched by attributes, params, tags and metrics on data sets', async () => {
    const { store, setNow } = open();
    const other = await createExperiment(store, { name: 'other' });
    for (const [index, name] of ['a', 'b', 'c'].entries()) {
      setNow(1_700_000_000_100 + index);
      const { runId } = (await createRun(store, {})).info;
      const { modelId } = await createLoggedModel(store, {
        experimentId: index === 2 ? other : experimentId,
        name,
        sourceRunId: runId,
        params: [{ key: 'p', value: name }],
        tags: [{ key: 't', value: name }],
      });
      const at = { timestamp: 1, step: 0, modelId };
      await logMetric(store, {
        runId,
        metric: { key: 'r2', value: index, ...at, datasetName: 'exams', datasetDigest: 'd' },
      });
      await logMetric(store, { runId, metric: { key: 'r2', value: -index, ...at, step: 1, datasetName: 'finals' } });
    }
    const found = async (request: Partial<SearchLoggedModelsRequest>): Promise<string[]> =>
      (await searchLoggedModels(store, { experimentIds: [experimentId, other], ...request })).items.map(
        ({ name }) => name,
      );
    expect(await found({})).toEqual(['c', 'b', 'a']);
    expect(await found({ experimentIds: [other] })).toEqual(['c']);
    expect(await found({ filter: "name = 'a' OR params.p = 'b' OR tags.t = 'c'" })).toHaveLength(3);
    expect(await found({ filter: "status = 'PENDING' AND creation_timestamp > 1700000000100" })).toEqual(['c', 'b']);
    expect(await found({ filter: 'metrics.r2 > 0.5' })).toEqual(['c', 'b']);
    expect(await found({ filter: 'metrics.r2 > 0.5', datasets: [{ datasetName: 'finals' }] })).toEqual([]);
    expect(await found({ datasets: [{ datasetName: 'exams', datasetDigest: 'x' }] })).toEqual([]);
    expect(await found({ orderBy: [{ fieldName: 'metrics.r2', datasetName: 'exams' }] })).toEqual(['a', 'b', 'c']);
    expect(await found({ orderBy: [{ fieldName: 'metrics.r2', ascending: false }] })).toEqual(['a', 'b', 'c']);
    expect(await found({ orderBy: [{ fieldName: 'name', ascending: false }] })).toEqual(['c', 'b', 'a']);
    const page = await searchLoggedModels(store, { experimentIds: [experimentId, other], maxResults: 2 });
    expect(await found({ pageToken: page.nextPageToken })).toEqual(['a']);
    await expect(found({ orderBy: [{ fieldName: 'params.p' }] })).rejects.toMatchObject(invalid);
    await expect(found({ orderBy: [{ fieldName: 'nope' }] })).rejects.toMatchObject(invalid);
    await expect(found({ orderBy: [{ fieldName: 'metrics.r2', datasetDigest: 'd' }] })).rejects.toMatchObject(invalid);
  });
});
