import { expect, it } from 'vitest';
import {
  createLoggedModel,
  createModelVersion,
  createRegisteredModel,
  createRun,
  deleteModelAlias,
  deleteModelVersion,
  deleteModelVersionTag,
  deleteRegisteredModel,
  deleteRegisteredModelTag,
  getLatestVersions,
  getLoggedModel,
  getModelVersion,
  getModelVersionByAlias,
  getModelVersionDownloadUri,
  getRegisteredModel,
  renameRegisteredModel,
  searchModelVersions,
  searchRegisteredModels,
  setModelAlias,
  setModelVersionTag,
  setRegisteredModelTag,
  transitionStage,
  updateModelVersion,
  updateRegisteredModel,
} from '../../src/index.js';
import { onEachDatabase, type StoreInTest } from './backends.js';

const missing = { code: 'RESOURCE_DOES_NOT_EXIST', status: 404 };
const invalid = { code: 'INVALID_PARAMETER_VALUE', status: 400 };
const name = 'exams';

async function registered({ store }: StoreInTest, versions: number): Promise<void> {
  await createRegisteredModel(store, { name });
  for (let index = 1; index <= versions; index += 1) {
    await createModelVersion(store, { name, source: `s3://b/${index}` });
  }
}

onEachDatabase('registered models', (open) => {
  it('are created once, with tags and a description', async () => {
    const { store } = open();
    const model = await createRegisteredModel(store, { name, description: 'd', tags: [{ key: 'a', value: '1' }] });
    expect(model).toEqual({
      name,
      creationTime: 1_700_000_000_000,
      lastUpdatedTime: 1_700_000_000_000,
      description: 'd',
      tags: [{ key: 'a', value: '1' }],
      aliases: [],
      latestVersions: [],
    });
    await expect(createRegisteredModel(store, { name })).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
      message: 'Registered Model (name=exams) already exists.',
    });
    const prompt = [{ key: 'mlflow.prompt.is_prompt', value: 'true' }];
    await expect(createRegisteredModel(store, { name, tags: prompt })).rejects.toMatchObject({
      message: expect.stringContaining(
        "Tried to create a prompt with name 'exams', but the name is already taken by a registered model",
      ),
    });
    await expect(createRegisteredModel(store, { name: '' })).rejects.toMatchObject(invalid);
    await expect(getRegisteredModel(store, 'no')).rejects.toMatchObject({
      ...missing,
      message: 'Registered Model with name=no not found',
    });
  });

  it('are renamed with versions, aliases and tags', async () => {
    const { store, setNow } = open();
    await registered(open(), 2);
    await setModelAlias(store, { name, alias: 'champion', version: '1' });
    await setModelVersionTag(store, { name, version: '1', key: 'a', value: '1' });
    await setRegisteredModelTag(store, { name, key: 'a', value: '1' });
    setNow(1_700_000_000_009);
    const model = await renameRegisteredModel(store, { name, newName: 'finals' });
    expect(model).toMatchObject({
      name: 'finals',
      lastUpdatedTime: 1_700_000_000_009,
      aliases: [{ alias: 'champion', version: '1' }],
      tags: [{ key: 'a', value: '1' }],
    });
    expect(await getModelVersion(store, { name: 'finals', version: '1' })).toMatchObject({
      aliases: ['champion'],
      tags: [{ key: 'a', value: '1' }],
      lastUpdatedTime: 1_700_000_000_009,
    });
    await expect(getRegisteredModel(store, name)).rejects.toMatchObject(missing);
    await createRegisteredModel(store, { name });
    await expect(renameRegisteredModel(store, { name, newName: 'finals' })).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
    });
  });

  it('change their description and tags', async () => {
    const { store } = open();
    await registered(open(), 0);
    expect(await updateRegisteredModel(store, { name, description: 'new' })).toMatchObject({ description: 'new' });
    await setRegisteredModelTag(store, { name, key: 'a', value: '1' });
    await setRegisteredModelTag(store, { name, key: 'a', value: '2' });
    expect((await getRegisteredModel(store, name)).tags).toEqual([{ key: 'a', value: '2' }]);
    await deleteRegisteredModelTag(store, { name, key: 'a' });
    await deleteRegisteredModelTag(store, { name, key: 'a' });
    expect((await getRegisteredModel(store, name)).tags).toEqual([]);
  });

  it('are deleted with all that belongs to them', async () => {
    const { store } = open();
    await registered(open(), 2);
    await setModelAlias(store, { name, alias: 'champion', version: '1' });
    await setModelVersionTag(store, { name, version: '1', key: 'a', value: '1' });
    await deleteRegisteredModel(store, name);
    await expect(getRegisteredModel(store, name)).rejects.toMatchObject(missing);
    await expect(deleteRegisteredModel(store, name)).rejects.toMatchObject(missing);
    await registered(open(), 1);
    expect(await getModelVersion(store, { name, version: '1' })).toMatchObject({ aliases: [], tags: [] });
  });

  it('are searched by name and tags, without the prompts unless they are meant', async () => {
    const { store } = open();
    for (const one of ['b', 'a', 'C']) {
      await createRegisteredModel(store, { name: one, tags: [{ key: 't', value: one }] });
    }
    await createRegisteredModel(store, { name: 'p', tags: [{ key: 'mlflow.prompt.is_prompt', value: 'true' }] });
    const found = async (filter?: string, orderBy?: string[]): Promise<string[]> =>
      (await searchRegisteredModels(store, { filter, orderBy })).items.map((model) => model.name);
    expect([...(await found())].sort()).toEqual(['C', 'a', 'b']);
    expect(await found("tag.`mlflow.prompt.is_prompt` != 'true'", ['name DESC'])).toHaveLength(3);
    expect(await found("tags.`mlflow.prompt.is_prompt` = 'false' AND name = 'a'")).toEqual(['a']);
    expect(await found("tags.`mlflow.prompt.is_prompt` = 'true'")).toEqual(['p']);
    expect(await found("name ILIKE 'c' OR tags.t = 'b'", ['last_updated_timestamp', 'name DESC'])).toHaveLength(2);
    const page = await searchRegisteredModels(store, { maxResults: 2 });
    const rest = await searchRegisteredModels(store, { maxResults: 2, pageToken: page.nextPageToken });
    expect([...page.items, ...rest.items]).toHaveLength(3);
    expect(rest.nextPageToken).toBeUndefined();
    await expect(searchRegisteredModels(store, { maxResults: 1001 })).rejects.toMatchObject(invalid);
  });
});

onEachDatabase('model versions', (open) => {
  it('count up from 1, and no number is given out twice', async () => {
    const { store } = open();
    await registered(open(), 2);
    await deleteModelVersion(store, { name, version: '2' });
    expect(await createModelVersion(store, { name, source: 's3://b/3' })).toMatchObject({
      version: '3',
      currentStage: 'None',
      status: 'READY',
      source: 's3://b/3',
    });
    await expect(getModelVersion(store, { name, version: '2' })).rejects.toMatchObject({
      ...missing,
      message: 'Model Version (name=exams, version=2) not found',
    });
    await expect(createModelVersion(store, { name: 'no', source: 'x' })).rejects.toMatchObject(missing);
    await expect(getModelVersion(store, { name, version: 'x' })).rejects.toMatchObject({
      ...invalid,
      message: "Parameter 'version' must be an integer, got 'x'.",
    });
  });

  it('made at the same time get different numbers', async () => {
    const { store } = open();
    await registered(open(), 0);
    const made = await Promise.all(Array.from({ length: 8 }, () => createModelVersion(store, { name, source: 'x' })));
    expect(made.map(({ version }) => Number(version)).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('know the run, place and tags of the logged model that they come from', async () => {
    const { store } = open();
    await registered(open(), 0);
    const { runId } = (await createRun(store, {})).info;
    const model = await createLoggedModel(store, { experimentId: '0', sourceRunId: runId });
    const made = await createModelVersion(store, { name, source: `models:/${model.modelId}`, modelId: model.modelId });
    expect(made.runId).toBe(runId);
    expect(await getModelVersionDownloadUri(store, { name, version: '1' })).toBe(model.artifactUri);
    const copy = await createModelVersion(store, { name, source: 'models:/exams/1' });
    expect(await getModelVersionDownloadUri(store, copy)).toBe(model.artifactUri);
    await createModelVersion(store, { name, source: 's3://b/x', modelId: model.modelId });
    const [tag] = (await getLoggedModel(store, model.modelId)).tags;
    expect(tag.key).toBe('mlflow.modelVersions');
    expect(JSON.parse(tag.value)).toEqual([
      { name, version: 1 },
      { name, version: 3 },
    ]);
  });

  it('have aliases that point to one version each', async () => {
    const { store } = open();
    await registered(open(), 2);
    await setModelAlias(store, { name, alias: 'champion', version: '1' });
    await setModelAlias(store, { name, alias: 'champion', version: '2' });
    expect(await getModelVersionByAlias(store, { name, alias: 'champion' })).toMatchObject({
      version: '2',
      aliases: ['champion'],
    });
    expect(await getModelVersionByAlias(store, { name, alias: 'latest' })).toMatchObject({ version: '2' });
    await deleteModelVersion(store, { name, version: '2' });
    await expect(getModelVersionByAlias(store, { name, alias: 'champion' })).rejects.toMatchObject({
      ...invalid,
      message: 'Registered model alias champion not found.',
    });
    await deleteModelAlias(store, { name, alias: 'champion' });
    await expect(setModelAlias(store, { name, alias: 'a', version: '9' })).rejects.toMatchObject(missing);
    for (const alias of ['', 'a b', 'latest', 'Latest', 'v1', 'V22', 'x'.repeat(256)]) {
      await expect(setModelAlias(store, { name, alias, version: '1' }), alias).rejects.toMatchObject(invalid);
    }
  });

  it('move between stages, and may archive those before them', async () => {
    const { store } = open();
    await registered(open(), 3);
    await transitionStage(store, { name, version: '1', stage: 'production', archiveExistingVersions: false });
    const moved = await transitionStage(store, {
      name,
      version: '2',
      stage: 'Production',
      archiveExistingVersions: true,
    });
    expect(moved.currentStage).toBe('Production');
    const latest = await getLatestVersions(store, { name });
    expect(latest.map(({ version, currentStage }) => `${version} ${currentStage}`)).toEqual([
      '1 Archived',
      '2 Production',
      '3 None',
    ]);
    expect(await getLatestVersions(store, { name, stages: ['staging', 'NONE'] })).toHaveLength(1);
    await expect(getLatestVersions(store, { name, stages: ['x'] })).rejects.toMatchObject({
      message: 'Invalid Model Version stage: x. Value must be one of None, Staging, Production, Archived.',
    });
    await expect(
      transitionStage(store, { name, version: '3', stage: 'Archived', archiveExistingVersions: true }),
    ).rejects.toMatchObject({ message: expect.stringContaining("'Archived' is not an Active stage") });
  });

  it('change their description and tags, and forget both when they are deleted', async () => {
    const { store } = open();
    await registered(open(), 1);
    const key = { name, version: '1' };
    expect(await updateModelVersion(store, { ...key, description: 'd' })).toMatchObject({ description: 'd' });
    await setModelVersionTag(store, { ...key, key: 'a', value: '1' });
    await setModelVersionTag(store, { ...key, key: 'a', value: '2' });
    expect((await getModelVersion(store, key)).tags).toEqual([{ key: 'a', value: '2' }]);
    await deleteModelVersionTag(store, { ...key, key: 'a' });
    expect((await getModelVersion(store, key)).tags).toEqual([]);
    await deleteModelVersion(store, key);
    const rows = await store.db.read(async (queries) => queries.selectFrom('model_versions').selectAll().execute());
    expect(rows[0]).toMatchObject({ source: 'REDACTED-SOURCE-PATH', description: null, run_id: 'REDACTED-RUN-ID' });
  });

  it('are searched by name, number, run and tags, the last touched first', async () => {
    const { store, setNow } = open();
    await registered(open(), 3);
    setNow(1_700_000_000_050);
    await updateModelVersion(store, { name, version: '2', description: 'x' });
    const found = async (filter?: string, orderBy?: string[]): Promise<string[]> =>
      (await searchModelVersions(store, { filter, orderBy })).items.map(({ version }) => version);
    expect(await found()).toEqual(['2', '3', '1']);
    expect(await found("name = 'exams' AND version_number > 1", ['version_number ASC'])).toEqual(['2', '3']);
    expect(await found("version_number = '1'")).toEqual(['1']);
    expect(await found("source_path LIKE 's3://b/%' AND name ILIKE 'EXAMS'", ['name', 'version_number'])).toEqual([
      '1',
      '2',
      '3',
    ]);
    await setModelVersionTag(store, { name, version: '3', key: 'a', value: 'x' });
    expect(await found("tags.a = 'x' OR version_number IN (1)")).toEqual(['3', '1']);
    await deleteModelVersion(store, { name, version: '3' });
    expect(await found()).toEqual(['2', '1']);
    const page = await searchModelVersions(store, { maxResults: 1 });
    expect(page.nextPageToken).toBeDefined();
    expect((await searchModelVersions(store, { maxResults: 1, pageToken: page.nextPageToken })).items).toMatchObject([
      { version: '1' },
    ]);
  });
});
