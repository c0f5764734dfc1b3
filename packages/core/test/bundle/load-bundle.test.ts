import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BUNDLE_FORMAT_VERSION, encodeBundle, loadBundle } from '../../src/index.js';
import { alteredBundle, sealedBundle } from './altered-bundle.js';
import { models, sampleBundle } from './sample-bundle.js';

const text = await encodeBundle(sampleBundle());

describe('a bundle file', () => {
  it('comes back as it was written, with its version', async () => {
    const { version, ...content } = await loadBundle(text);
    expect(content).toEqual(sampleBundle());
    expect(version).toMatch(/^[0-9a-f]{12}$/);
    expect(text).toContain(`"checksum":"sha256:${version}`);
  });

  it.each(Object.keys(models))('with a model of kind %s is encoded to the same bytes again', async (kind) => {
    const model = Object.values(models).find((candidate) => candidate.kind === kind) ?? models.linear;
    const bundle = sampleBundle({
      pipeline: { ...sampleBundle().pipeline, model },
      replay: { rows: [], predictions: [] },
    });
    const written = await encodeBundle(bundle);
    const loaded = await loadBundle(written);
    expect(loaded.pipeline.model).toEqual(model);
    expect(await encodeBundle(loaded)).toBe(written);
  });

  it('with trees that part levels predicts the same and is encoded to the same bytes again', async () => {
    const forest = models['tree-ensemble'];
    const sets = [Int32Array.of(1), new Int32Array(0), new Int32Array(0)];
    const model = { ...forest, features: ['lunch'], trees: [forest.trees[0], { ...forest.trees[0], sets }] };
    const transformers = [
      { kind: 'level-codes', unseen: 'ignore', columns: [{ name: 'lunch', levels: ['standard', 'free/reduced'] }] },
    ] as const;
    const { schema } = sampleBundle();
    const features = schema.features.filter(({ name }) => name === 'lunch');
    const replay = { rows: [{ lunch: 'standard' }, { lunch: 'free/reduced' }], predictions: [50, 70] };
    const written = await encodeBundle(
      sampleBundle({ schema: { ...schema, features }, pipeline: { transformers, model }, replay }),
    );
    const loaded = await loadBundle(written);
    expect(loaded.pipeline).toEqual({ transformers, model });
    expect(await encodeBundle(loaded)).toBe(written);
  });

  it('does not depend on the order in which its keys were set', async () => {
    const { name, schema, ...rest } = sampleBundle();
    expect(await encodeBundle({ ...rest, schema, name })).toBe(text);
  });

  it('is the same bundle when somebody only laid its JSON out differently', async () => {
    expect((await loadBundle(JSON.stringify(JSON.parse(text), null, 2))).version).toBe(
      (await loadBundle(text)).version,
    );
  });

  it('keeps how it was searched for', async () => {
    const provenance = { ...sampleBundle().provenance, search: { preset: 'quick', timeBudgetSeconds: null } };
    const written = await encodeBundle(sampleBundle({ provenance }));
    const loaded = await loadBundle(written);
    expect(loaded.provenance).toEqual(provenance);
    expect(await encodeBundle(loaded)).toBe(written);
  });

  it('keeps an interval without bounds', async () => {
    const { interval } = sampleBundle();
    const unbounded = await encodeBundle(sampleBundle({ interval: { ...interval, radius: Infinity } }));
    expect((await loadBundle(unbounded)).interval.radius).toBe(Infinity);
  });

  it('of format version 1, as the first release wrote it, stays loadable', async () => {
    const released = readFileSync(new URL('bundles-v1.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    const loaded = await Promise.all(released.map(loadBundle));
    expect(loaded.map((bundle) => bundle.pipeline.model.kind)).toEqual(['linear', 'neighbours', 'tree-ensemble']);
    expect(loaded.every((bundle) => bundle.replay.rows.length === 2)).toBe(true);
  });
});

describe('a bundle is refused', () => {
  it.each([
    ['an empty file', '', 'BUNDLE_UNREADABLE'],
    ['a file that was cut off', text.slice(0, -20), 'BUNDLE_UNREADABLE'],
    ['a file with something behind its end', `${text}x`, 'BUNDLE_UNREADABLE'],
    ['a file of other JSON', '{"formatVersion":1}', 'BUNDLE_FORMAT'],
    ['a file of a JSON list', '[]', 'BUNDLE_FORMAT'],
    ['a file of JSON null', 'null', 'BUNDLE_FORMAT'],
    ['a version that is not a number', text.replace('"formatVersion":1', '"formatVersion":"1"'), 'BUNDLE_FORMAT'],
    ['no content', text.replace('"content":{', '"contents":{'), 'BUNDLE_FORMAT'],
    ['a key of its own', text.replace('"format":', '"extra":1,"format":'), 'BUNDLE_FORMAT'],
    ['a changed coefficient', text.replace('60.5', '60.25'), 'BUNDLE_CHECKSUM_MISMATCH'],
    ['a changed checksum', text.replace(/sha256:../, 'sha256:00'), 'BUNDLE_CHECKSUM_MISMATCH'],
    ['a changed version', text.replace(/"version":"[0-9a-f]+/, '"version":"000000000000'), 'BUNDLE_CHECKSUM_MISMATCH'],
  ])('for %s', async (_what, damaged, code) => {
    expect(damaged).not.toBe(text);
    await expect(loadBundle(damaged)).rejects.toMatchObject({ code, exitCode: 4 });
  });

  it('from a newer release, whatever else it holds, with a hint to upgrade', async () => {
    const future = `{"format":"scorecast-bundle","formatVersion":${BUNDLE_FORMAT_VERSION + 1},"parts":[]}`;
    await expect(loadBundle(future)).rejects.toMatchObject({ code: 'BUNDLE_FUTURE_VERSION', exitCode: 4 });
    await expect(loadBundle(future)).rejects.toThrow('upgrade');
  });

  it('when it predicts something else than in training', async () => {
    const changed = await alteredBundle('replay.predictions.1', 58.500000000000007);
    await expect(loadBundle(changed)).rejects.toMatchObject({
      code: 'BUNDLE_REPLAY_MISMATCH',
      details: { row: 2, expected: 58.500000000000007, actual: 58.5 },
    });
  });

  it.each([
    ['a model that knows other columns', 'pipeline.model.features', ['reading', 'lunch', 'breakfast', 'education']],
    ['a transformer of a column that is not there', 'pipeline.transformers.1.columns.0.name', 'writing'],
    ['a recorded row that breaks the schema', 'replay.rows.0', { reading: 1000, lunch: 'standard' }],
    ['a filling that is not a level', 'pipeline.transformers.0.columns.0.fill', 'kindergarten'],
  ])('when its parts do not belong together: %s', async (_what, path, value) => {
    await expect(loadBundle(await alteredBundle(path, value))).rejects.toMatchObject({
      code: 'BUNDLE_REPLAY_FAILED',
      exitCode: 4,
    });
  });

  it('when it is nested beyond any stack', async () => {
    const depth = 200_000;
    const nested = text.replace('"name":"exams"', `"name":${'['.repeat(depth)}${']'.repeat(depth)}`);
    await expect(loadBundle(nested)).rejects.toMatchObject({ code: 'BUNDLE_UNREADABLE' });
  });

  it('with no more problems than anybody reads', async () => {
    const wrong = await alteredBundle('replay.predictions', new Array<string>(50_000).fill('x'));
    await expect(loadBundle(wrong)).rejects.toSatisfy((error: Error) => error.message.length < 2000);
  });
});

describe('a "__proto__" key in a bundle', () => {
  const withProto = (where: string) =>
    sealedBundle(JSON.stringify(JSON.parse(text).content).replace(where, `${where}"__proto__":{"polluted":true},`));

  it.each(['"params":{', '"preprocessing":{', '"provenance":{'])('in %s changes no prototype', async (where) => {
    const bundle = await loadBundle(await withProto(where));
    expect(Object.getPrototypeOf(bundle.provenance.params)).toBe(Object.prototype);
    expect('polluted' in bundle.provenance).toBe(false);
    expect('polluted' in {}).toBe(false);
  });

  it('is refused as a field of the schema', async () => {
    await expect(loadBundle(await alteredBundle('schema.target.name', '__proto__'))).rejects.toMatchObject({
      code: 'BUNDLE_FORMAT',
    });
  });
});
