import { expect, it } from 'vitest';
import {
  createExperiment,
  createRun,
  deleteExperiment,
  deleteExperimentTag,
  getExperiment,
  getExperimentByName,
  getRun,
  restoreExperiment,
  searchExperiments,
  setExperimentTag,
  updateExperiment,
} from '../../src/index.js';
import { onEachDatabase } from './backends.js';

onEachDatabase('experiments', (open) => {
  it('begin with number 0, which is called Default', async () => {
    const { store } = open();
    expect(await getExperiment(store, '0')).toEqual({
      experimentId: '0',
      name: 'Default',
      artifactLocation: '/artifacts/0',
      lifecycleStage: 'active',
      creationTime: 1_700_000_000_000,
      lastUpdateTime: 1_700_000_000_000,
      tags: [],
    });
  });

  it('are created with a name, tags and a place for artifacts', async () => {
    const { store } = open();
    const id = await createExperiment(store, { name: 'exams', tags: [{ key: 'team', value: 'a' }] });
    expect(id).toBe('1');
    expect(await getExperimentByName(store, 'exams')).toMatchObject({
      experimentId: '1',
      artifactLocation: '/artifacts/1',
      tags: [{ key: 'team', value: 'a' }],
    });
    const elsewhere = await createExperiment(store, { name: 'other', artifactLocation: 's3://bucket/other' });
    expect(await getExperiment(store, elsewhere)).toMatchObject({ artifactLocation: 's3://bucket/other' });
  });

  it('keep their name reserved when they are deleted', async () => {
    const { store } = open();
    const id = await createExperiment(store, { name: 'exams' });
    await deleteExperiment(store, id);
    await expect(createExperiment(store, { name: 'exams' })).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
      status: 400,
      message: 'Experiment(name=exams) already exists.',
    });
  });

  it('take their runs along when they are deleted and restored', async () => {
    const { store } = open();
    const experimentId = await createExperiment(store, { name: 'exams' });
    const { info } = await createRun(store, { experimentId });
    await deleteExperiment(store, experimentId);
    expect((await getRun(store, info.runId)).info.lifecycleStage).toBe('deleted');
    await expect(deleteExperiment(store, experimentId)).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    await restoreExperiment(store, experimentId);
    expect((await getRun(store, info.runId)).info.lifecycleStage).toBe('active');
    await expect(restoreExperiment(store, experimentId)).rejects.toMatchObject({
      message: `No Experiment with id=${experimentId} exists`,
    });
  });

  it('are renamed while they are active, to a name that nobody has', async () => {
    const { store, setNow } = open();
    const experimentId = await createExperiment(store, { name: 'exams' });
    setNow(1_700_000_000_500);
    await updateExperiment(store, { experimentId, newName: 'finals' });
    expect(await getExperiment(store, experimentId)).toMatchObject({
      name: 'finals',
      creationTime: 1_700_000_000_000,
      lastUpdateTime: 1_700_000_000_500,
    });
    await expect(updateExperiment(store, { experimentId, newName: 'Default' })).rejects.toMatchObject({
      code: 'RESOURCE_ALREADY_EXISTS',
    });
    await deleteExperiment(store, experimentId);
    await expect(updateExperiment(store, { experimentId, newName: 'x' })).rejects.toMatchObject({
      code: 'INVALID_STATE',
      message: 'Cannot rename a non-active experiment.',
    });
  });

  it('have tags that are set, replaced and removed', async () => {
    const { store } = open();
    await setExperimentTag(store, { experimentId: '0', key: 'team', value: 'a' });
    await setExperimentTag(store, { experimentId: '0', key: 'team', value: 'b' });
    expect((await getExperiment(store, '0')).tags).toEqual([{ key: 'team', value: 'b' }]);
    await deleteExperimentTag(store, { experimentId: '0', key: 'team' });
    expect((await getExperiment(store, '0')).tags).toEqual([]);
    await expect(deleteExperimentTag(store, { experimentId: '0', key: 'team' })).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: 'No tag with name: team in experiment with id 0',
    });
  });

  it('refuse what cannot be a name, tag or place', async () => {
    const { store } = open();
    const invalid = { code: 'INVALID_PARAMETER_VALUE', status: 400 };
    await expect(createExperiment(store, { name: '' })).rejects.toMatchObject(invalid);
    await expect(createExperiment(store, { name: 'x'.repeat(501) })).rejects.toMatchObject({
      message: "'name' exceeds the maximum length of 500 characters",
    });
    await expect(createExperiment(store, { name: 'x', artifactLocation: 'runs:/1' })).rejects.toMatchObject(invalid);
    await expect(setExperimentTag(store, { experimentId: '0', key: 'a?', value: '' })).rejects.toMatchObject(invalid);
    await expect(
      setExperimentTag(store, { experimentId: '0', key: 'a', value: 'x'.repeat(5001) }),
    ).rejects.toMatchObject(invalid);
  });

  it('are not found under an id that is none', async () => {
    const { store } = open();
    for (const id of ['17', 'abc', '-1', '99999999999999999999', '1; drop table runs']) {
      await expect(getExperiment(store, id)).rejects.toMatchObject({
        code: 'RESOURCE_DOES_NOT_EXIST',
        status: 404,
        message: `No Experiment with id=${id} exists`,
      });
    }
    await expect(getExperimentByName(store, 'no')).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
  });

  it('are searched by name, time and tags, newest first', async () => {
    const { store, setNow } = open();
    for (const [index, name] of ['alpha', 'beta', 'Alphabet'].entries()) {
      setNow(1_700_000_001_000 + index);
      await createExperiment(store, { name, tags: [{ key: 'n', value: String(index) }] });
    }
    const names = async (request: Parameters<typeof searchExperiments>[1]): Promise<string[]> =>
      (await searchExperiments(store, request)).items.map(({ name }) => name);
    expect(await names({})).toEqual(['Alphabet', 'beta', 'alpha', 'Default']);
    expect(await names({ filter: "name LIKE 'a%'" })).toEqual(['alpha']);
    expect(await names({ filter: "attribute.name ILIKE 'a%'", orderBy: ['name DESC'] })).toHaveLength(2);
    expect(await names({ filter: "tags.n = '1' OR creation_time < 1700000001000" })).toEqual(['beta', 'Default']);
    expect(await names({ filter: "tags.n != '1'", orderBy: ['creation_time ASC'] })).toEqual(['alpha', 'Alphabet']);
    await deleteExperiment(store, '1');
    expect(await names({ viewType: 'DELETED_ONLY' })).toEqual(['alpha']);
    expect(await names({ viewType: 'ALL' })).toHaveLength(4);
  });

  it('are searched in pages', async () => {
    const { store } = open();
    for (let index = 0; index < 5; index += 1) await createExperiment(store, { name: `e${index}` });
    const first = await searchExperiments(store, { maxResults: 4 });
    expect(first.items).toHaveLength(4);
    const second = await searchExperiments(store, { maxResults: 4, pageToken: first.nextPageToken });
    expect(second.items).toHaveLength(2);
    expect(second.nextPageToken).toBeUndefined();
    expect(new Set([...first.items, ...second.items].map(({ name }) => name)).size).toBe(6);
  });
});
