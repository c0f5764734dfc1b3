import { describe, expect, it } from 'vitest';
import { encodeBundle, loadBundle, type Model } from '../../src/index.js';
import { alteredBundle, sealedBundle } from './altered-bundle.js';
import { models, sampleBundle } from './sample-bundle.js';

const withoutReplay = { replay: { rows: [], predictions: [] } };
const { transformers } = sampleBundle().pipeline;
const trees = sampleBundle({ pipeline: { transformers, model: models['tree-ensemble'] }, ...withoutReplay });
const neighbours = sampleBundle({ pipeline: { transformers, model: models.neighbours }, ...withoutReplay });
const network = sampleBundle({ pipeline: { transformers, model: models.network }, ...withoutReplay });
const stack = sampleBundle({ pipeline: { transformers, model: models.stack }, ...withoutReplay });

/** Stacks of one member each, in each other. */
const nested = (depth: number): Model =>
  depth === 0
    ? models.linear
    : { ...models.stack, members: [{ transformers: [], model: nested(depth - 1) }], weights: Float64Array.of(1) };

describe.each([
  ['tree', trees, 'trees.0', { left: [0, -1, -1] }, 'a node that is its own child'],
  ['tree', trees, 'trees.0', { feature: [0, 0, -1], left: [1, 0, -1], right: [2, 2, -1] }, 'a way back to the root'],
  ['tree', trees, 'trees.0', { right: [3, -1, -1] }, 'a child that does not exist'],
  ['tree', trees, 'trees.0', { left: [1.5, -1, -1] }, 'a child between two nodes'],
  ['tree', trees, 'trees.0', { feature: [4, -1, -1] }, 'a feature that does not exist'],
  ['tree', trees, 'trees.0', { feature: [-2, -1, -1] }, 'a feature below the leaves'],
  ['tree', trees, 'trees.0', { feature: [0.5, -1, -1] }, 'a feature between two'],
  ['tree', trees, 'trees.0', { value: [1, 2] }, 'too few values'],
  ['tree', trees, 'trees.0', { missingLeft: [2, 0, 0] }, 'a side that is neither left nor right'],
  ['tree', trees, 'trees.0', { sets: [[1], []] }, 'fewer sets than nodes'],
  ['tree', trees, 'trees.0', { sets: [[2, 1], [], []] }, 'a set out of order'],
  ['tree', trees, 'trees.0', { sets: [[1, 1], [], []] }, 'a level twice in a set'],
  ['tree', trees, 'trees.0', { sets: [[-1], [], []] }, 'a level below 0'],
  ['tree', trees, 'trees.0', { sets: [[0.5], [], []] }, 'a level between two'],
  ['tree', trees, 'trees.0', { sets: [[65536], [], []] }, 'a level beyond the limit'],
  ['tree', trees, 'trees.0', { sets: [['1'], [], []] }, 'a level in text'],
  ['tree', trees, 'trees.0', { sets: [1, [], []] }, 'a set that is no list'],
  ['tree', trees, 'trees.0', { sets: null }, 'no list of sets'],
  [
    'tree',
    trees,
    'trees.0',
    { feature: [], threshold: [], left: [], right: [], missingLeft: [], value: [], cover: [] },
    'no node',
  ],
  ['forest', trees, '', { trees: [] }, 'no tree'],
  ['forest', trees, '', { combine: 'product' }, 'an unknown way to combine trees'],
  ['boosted ensemble', trees, '', { combine: 'sum' }, 'no base'],
  ['boosted ensemble', trees, '', { combine: 'sum', base: '7' }, 'a base in text'],
  ['committee', trees, '', { combine: 'weighted-median' }, 'no weights'],
  ['committee', trees, '', { combine: 'weighted-median', weights: [1, 1] }, 'more weights than trees'],
  ['committee', trees, '', { combine: 'weighted-median', weights: [-1] }, 'a weight below 0'],
  ['neighbours', neighbours, '', { k: 4 }, 'more neighbours than rows'],
  ['neighbours', neighbours, '', { k: 0 }, 'no neighbour'],
  ['neighbours', neighbours, '', { k: 1, rows: [], targets: [] }, 'no row'],
  ['neighbours', neighbours, '', { rows: [1, 2, 3] }, 'half a row'],
  ['neighbours', neighbours, '', { p: 3 }, 'an unknown distance'],
  ['neighbours', neighbours, '', { weights: 'rank' }, 'an unknown weighting'],
  ['stack', stack, '', { members: [], weights: [] }, 'no member'],
  ['stack', stack, '', { weights: [1] }, 'a missing weight'],
  ['stack', stack, '', { weights: [1, '2'] }, 'a weight in text'],
  ['stack', stack, '', { intercept: null }, 'no intercept'],
  ['stack', stack, '', { members: [{ transformers: [], model: {} }, 7] }, 'a member that is no pipeline'],
  ['network', network, '', { layers: [] }, 'no layer'],
  ['network', network, '', { layers: [{ weights: [1, 2], biases: [1] }] }, 'too few weights for its inputs'],
  ['network', network, '', { layers: [{ weights: [1, 2, 3, 4, 5, 6, 7, 8], biases: [1, 2] }] }, 'two outputs'],
  [
    'network',
    network,
    '',
    {
      layers: [
        { weights: [], biases: [] },
        { weights: [], biases: [1] },
      ],
    },
    'a layer of no unit',
  ],
  ['network', network, '', { layers: [{ weights: [1, 2, 3, '4'], biases: [1] }] }, 'a weight in text'],
  ['network', network, '', { outputScale: null }, 'no output scale'],
  ['model', trees, '', { kind: 'oracle' }, 'an unknown kind'],
  ['linear', sampleBundle(), '', { coefficients: [1, 2, 3] }, 'a missing coefficient'],
  ['linear', sampleBundle(), '', { coefficients: [1, 2, 3, '4'] }, 'a coefficient in text'],
])('a hostile %s', (_kind, bundle, path, changes, what) => {
  it(`with ${what} is refused before anything is predicted`, async () => {
    const { content } = JSON.parse(await encodeBundle(bundle));
    const part = path === '' ? content.pipeline.model : content.pipeline.model.trees[0];
    Object.assign(part, changes);
    await expect(loadBundle(await sealedBundle(JSON.stringify(content)))).rejects.toMatchObject({
      code: 'BUNDLE_FORMAT',
    });
  });
});

describe('stacks in each other', () => {
  const bundleOf = (model: Model) =>
    encodeBundle(sampleBundle({ pipeline: { transformers, model }, ...withoutReplay }));

  it('load up to four deep', async () => {
    expect((await loadBundle(await bundleOf(nested(4)))).pipeline.model.kind).toBe('stack');
  });

  it('are refused beyond that, before anything is predicted', async () => {
    const text = await bundleOf(nested(5));
    await expect(loadBundle(text)).rejects.toMatchObject({ code: 'BUNDLE_FORMAT' });
    await expect(loadBundle(text)).rejects.toThrow('at most 4 stacks in each other');
  });
});

describe.each([
  [{ degree: 4 }, 'an unknown degree'],
  [{ interactionOnly: 'no' }, 'a text for a flag'],
  [{ columns: Array.from({ length: 45 }, () => ({ name: 'reading' })) }, 'products by the thousand'],
])('a hostile polynomial', (changes, what) => {
  it(`with ${what} is refused`, async () => {
    const { content } = JSON.parse(await encodeBundle(sampleBundle()));
    const polynomial = { kind: 'polynomial', degree: 2, interactionOnly: false, columns: [{ name: 'reading' }] };
    content.pipeline.transformers.push({ ...polynomial, ...changes });
    await expect(loadBundle(await sealedBundle(JSON.stringify(content)))).rejects.toMatchObject({
      code: 'BUNDLE_FORMAT',
    });
  });
});

describe.each([
  [{ unseen: 'guess' }, 'an unknown policy'],
  [{ columns: [{ name: 'lunch', levels: 'free' }] }, 'levels that are no list'],
  [{ columns: [{ name: 'lunch', levels: Array.from({ length: 65537 }, String) }] }, 'more levels than codes'],
])('hostile level codes', (changes, what) => {
  it(`with ${what} are refused`, async () => {
    const { content } = JSON.parse(await encodeBundle(sampleBundle()));
    const codes = { kind: 'level-codes', unseen: 'ignore', columns: [{ name: 'lunch', levels: ['free'] }] };
    content.pipeline.transformers.push({ ...codes, ...changes });
    await expect(loadBundle(await sealedBundle(JSON.stringify(content)))).rejects.toMatchObject({
      code: 'BUNDLE_FORMAT',
    });
  });
});

describe('a number that JSON can write and no double can hold', () => {
  it.each(['coefficients', 'intercept'])('is refused as %s', async (key) => {
    const { content } = JSON.parse(await encodeBundle(sampleBundle()));
    const endless = JSON.stringify(content).replace(new RegExp(`("${key}":\\[?)[0-9.]+`), '$11e999');
    await expect(loadBundle(await sealedBundle(endless))).rejects.toMatchObject({ code: 'BUNDLE_FORMAT' });
  });
});

describe.each([
  ['pipeline.transformers.1.columns.0.scale', 0],
  ['pipeline.transformers.1.kind', 'power'],
  ['pipeline.transformers.2.unseen', 'guess'],
  ['pipeline.transformers.2.columns', {}],
  ['pipeline.transformers.3.columns.0.levels', 'school'],
  ['interval.level', 1],
  ['interval.level', 0],
  ['interval.radius', -1],
  ['interval.radius', '9'],
  ['interval.residualCount', 1.5],
  ['metrics.test.r2', null],
  ['metrics.trainRows', 0],
  ['reference.0.kind', 'text'],
  ['reference.0.quantiles', [1, 2, 3, 4]],
  ['reference.1.counts.0.count', -1],
  ['reference.1.counts.0.level', 7],
  ['importance.permutation.metric', 'luck'],
  ['importance.permutation.repeats', 0],
  ['importance.permutation.features.0.mean', '1'],
  ['importance.columns.kind', 'guess'],
  ['importance.columns.values.0.value', null],
  ['provenance.seed', -1],
  ['provenance.dataSha256', ''],
  ['provenance.params', []],
  ['provenance.search', 'long'],
  ['replay.predictions', [72.6]],
  ['replay.rows.0.reading', [80]],
  ['schema.features.0.min', 'low'],
  ['schema.features', []],
  ['name', 7],
])('a bundle whose %s is %j', (path, value) => {
  it('is refused and the place is named', async () => {
    const changed = await alteredBundle(path, value);
    await expect(loadBundle(changed)).rejects.toMatchObject({ code: 'BUNDLE_FORMAT' });
    const place = path.replace(/\.(\d+)/g, '[$1]');
    await expect(loadBundle(changed)).rejects.toThrow(`content.${place}`);
  });
});
