import { expect, it } from 'vitest';
import {
  createExperiment,
  createRun,
  deleteExperiment,
  deleteRun,
  deleteRunTag,
  getRun,
  logParam,
  restoreRun,
  setRunTag,
  updateRun,
} from '../../src/index.js';
import { onEachDatabase } from './backends.js';

const invalid = { code: 'INVALID_PARAMETER_VALUE', status: 400 };

onEachDatabase('runs', (open) => {
  it('are created RUNNING, in the experiment Default, with a name that is also a tag', async () => {
    const { store } = open();
    const run = await createRun(store, { startTime: 1234, userId: 'ada', runName: 'first' });
    expect(run.info).toEqual({
      runId: expect.stringMatching(/^[0-9a-f]{32}$/u),
      runName: 'first',
      experimentId: '0',
      userId: 'ada',
      status: 'RUNNING',
      startTime: 1234,
      endTime: null,
      artifactUri: `/artifacts/0/${run.info.runId}/artifacts`,
      lifecycleStage: 'active',
    });
    expect(run.data.tags).toEqual([{ key: 'mlflow.runName', value: 'first' }]);
    expect(await getRun(store, run.info.runId)).toEqual(run);
  });

  it.each([
    ['s3://lab/runs', 's3://lab/runs/ID/artifacts'],
    ['s3://lab/runs/', 's3://lab/runs/ID/artifacts'],
    ['s3://lab/runs//', 's3://lab/runs//ID/artifacts'],
    ['s3://lab/runs/?region=eu#x', 's3://lab/runs/ID/artifacts?region=eu#x'],
  ])('of an experiment with its artifacts at %s have theirs beneath', async (artifactLocation, expected) => {
    const { store } = open();
    const experimentId = await createExperiment(store, { name: 'elsewhere', artifactLocation });
    const { info } = await createRun(store, { experimentId });
    expect(info.artifactUri).toBe(expected.replace('ID', info.runId));
    expect((await getRun(store, info.runId)).info.artifactUri).toBe(info.artifactUri);
  });

  it('get their name from the tag, or a random one', async () => {
    const { store } = open();
    const tagged = await createRun(store, { tags: [{ key: 'mlflow.runName', value: 'tagged' }] });
    expect(tagged.info.runName).toBe('tagged');
    expect((await createRun(store, {})).info.runName).toMatch(/^[a-z]+-[a-z]+-\d{1,3}$/u);
    await expect(
      createRun(store, { runName: 'a', tags: [{ key: 'mlflow.runName', value: 'b' }] }),
    ).rejects.toMatchObject({
      ...invalid,
      message:
        "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='a', mlflow.runName='b').",
    });
  });

  it('need an experiment that is active', async () => {
    const { store } = open();
    await expect(createRun(store, { experimentId: '7' })).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: 'No Experiment with id=7 exists',
    });
    const experimentId = await createExperiment(store, { name: 'exams' });
    await deleteExperiment(store, experimentId);
    await expect(createRun(store, { experimentId })).rejects.toMatchObject({
      ...invalid,
      message: "The experiment 1 must be in the 'active' state. Current state is deleted.",
    });
  });

  it('end, and change their name and the tag with it', async () => {
    const { store } = open();
    const { info } = await createRun(store, { runName: 'before' });
    const { runId } = info;
    expect(await updateRun(store, { runId, status: 'FINISHED', endTime: 99 })).toMatchObject({
      runName: 'before',
      status: 'FINISHED',
      endTime: 99,
    });
    expect(await updateRun(store, { runId, runName: 'after' })).toMatchObject({ runName: 'after', endTime: 99 });
    await setRunTag(store, { runId, key: 'mlflow.runName', value: 'tagged' });
    const run = await getRun(store, runId);
    expect(run.info.runName).toBe('tagged');
    expect(run.data.tags).toEqual([{ key: 'mlflow.runName', value: 'tagged' }]);
  });

  it('are deleted and restored, and take no more records in between', async () => {
    const { store } = open();
    const { runId } = (await createRun(store, {})).info;
    await deleteRun(store, runId);
    expect((await getRun(store, runId)).info.lifecycleStage).toBe('deleted');
    await expect(logParam(store, { runId, key: 'a', value: '1' })).rejects.toMatchObject({
      ...invalid,
      message: `The run ${runId} must be in the 'active' state. Current state is deleted.`,
    });
    await restoreRun(store, runId);
    await logParam(store, { runId, key: 'a', value: '1' });
    expect((await getRun(store, runId)).data.params).toEqual([{ key: 'a', value: '1' }]);
  });

  it('are not found under an id that is none', async () => {
    const { store } = open();
    const missing = { code: 'RESOURCE_DOES_NOT_EXIST', status: 404, message: 'Run with id=nope not found' };
    await expect(getRun(store, 'nope')).rejects.toMatchObject(missing);
    await expect(updateRun(store, { runId: 'nope', endTime: 1 })).rejects.toMatchObject(missing);
    await expect(deleteRun(store, 'nope')).rejects.toMatchObject(missing);
    await expect(setRunTag(store, { runId: 'nope', key: 'a', value: '' })).rejects.toMatchObject(missing);
  });

  it('have tags of at most 8000 characters; longer ones are cut', async () => {
    const { store } = open();
    const { runId } = (await createRun(store, { runName: 'r' })).info;
    await setRunTag(store, { runId, key: 'long', value: 'ä'.repeat(8001) });
    await setRunTag(store, { runId, key: 'face', value: '😀'.repeat(8001) });
    const tags = new Map((await getRun(store, runId)).data.tags.map(({ key, value }) => [key, value]));
    expect(tags.get('long')).toBe('ä'.repeat(8000));
    expect(tags.get('face')).toBe('😀'.repeat(8000));
    await deleteRunTag(store, { runId, key: 'long' });
    await expect(deleteRunTag(store, { runId, key: 'long' })).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: `No tag with name: long in run with id ${runId}`,
    });
  });

  it('refuse keys that are no plain names', async () => {
    const { store } = open();
    const { runId } = (await createRun(store, {})).info;
    for (const key of ['', '.', '..', 'a//b', 'a/', '/a', '../a', 'a/./b', 'a?b', 'a\nb', "a'b", 'x'.repeat(251)]) {
      await expect(setRunTag(store, { runId, key, value: '' }), key).rejects.toMatchObject(invalid);
      await expect(logParam(store, { runId, key, value: '' }), key).rejects.toMatchObject(invalid);
    }
    for (const key of ['a', 'a/b', 'a.b-c d:e_1', 'größe', '分數', 'a..b']) {
      await setRunTag(store, { runId, key, value: 'ok' });
    }
  });

  it('give the same message as MLflow for a name that is a path', async () => {
    const { store } = open();
    const { runId } = (await createRun(store, {})).info;
    await expect(logParam(store, { runId, key: 'a/../b', value: '' })).rejects.toMatchObject({
      message:
        'Invalid value "a/../b" for parameter \'key\' supplied: Names may be treated as files in certain cases, and must ' +
        "not resolve to other names when treated as such. This name would resolve to 'b'",
    });
  });
});
