// Cold start, training, single-row and batch prediction, beside scikit-learn and FastAPI in the same run.
// `npm run bench -- foundation [--write]`: prints a Markdown section; --write puts it into bench/RESULTS.md.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadBundle, predictor } from '@scorecast/core';
import { expandGrid } from '@scorecast/train';
import { root } from '../scripts/prepare.mjs';
import { medianInTurn, runProcess, timeToFirstAnswer } from './measure/process.mjs';
import { peerPython, peerVersions } from './measure/peers.mjs';
import { machine, markdownTable, saveSection } from './measure/report.mjs';

const ROUNDS = 5;
const BATCH_ROWS = 1_000_000;

/** What both sides try. */
const GRID = [
  { estimator: 'least-squares' },
  { estimator: 'ridge', params: { alpha: [0.1, 1, 10, 100] } },
  { estimator: 'lasso', params: { alpha: [0.001, 0.01, 0.1, 1] } },
  { estimator: 'k-neighbors', params: { nNeighbors: [5, 7, 9, 11], weights: ['uniform', 'distance'] } },
  { estimator: 'decision-tree', params: { maxDepth: [3, 5, 8, null] } },
  { estimator: 'random-forest', params: { nEstimators: 100, minSamplesLeaf: [1, 3, 5] } },
];

const scorecast = join(root, 'packages/cli/dist/main.js');
const peer = (script) => join(root, 'bench/peers', script);
const python = peerPython();
const work = mkdtempSync(join(tmpdir(), 'scorecast-bench-'));
const file = (name) => join(work, name);
const node = (...args) => runProcess(process.execPath, [scorecast, ...args]);

try {
  await node('sample', 'exams', '-o', file('exams.csv'));
  await node('sample', 'exams', '--schema', '-o', file('schema.json'));
  await node('sample', 'exams', '--rows', String(BATCH_ROWS), '-o', file('batch.csv'));
  const candidates = expandGrid(GRID).map(({ estimator, params }) => ({ estimator, params }));
  writeFileSync(file('grid.json'), JSON.stringify(candidates));
  const schema = JSON.parse(readFileSync(file('schema.json'), 'utf8'));
  writeFileSync(file('config.json'), JSON.stringify({ schema, data: 'exams.csv', out: 'out', grid: GRID }));

  const sections = [await training(candidates.length), await coldStart(), await singleRow(), await batch()];
  const section = [
    `## foundation\n`,
    machine(`peers: ${peerVersions}; medians of ${ROUNDS} runs in turn`),
    ...sections,
  ].join('\n');
  process.stdout.write(`${section}\n`);
  if (process.argv.includes('--write')) saveSection('foundation', section);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function training(count) {
  const train =
    (...args) =>
    () =>
      node('train', '--config', file('config.json'), ...args);
  const peerTrain = (jobs) => () =>
    runProcess(python, [peer('train.py'), file('exams.csv'), file('grid.json'), String(jobs)]);
  const medians = await medianInTurn(
    {
      'scorecast, 2 threads': train('--workers', '2'),
      'scorecast, 1 thread': train('--workers', '1'),
      'scikit-learn, n_jobs=1': peerTrain(1),
      'scikit-learn, n_jobs=2': peerTrain(2),
    },
    ROUNDS,
  );
  return timings(
    `Training: ${count} candidates x 5 folds on 1000 rows, whole process`,
    medians,
    'scikit-learn, n_jobs=2',
  );
}

async function coldStart() {
  const serve = () =>
    timeToFirstAnswer(
      process.execPath,
      [scorecast, 'serve', file('out/bundle.json'), '--port', '18181'],
      'http://127.0.0.1:18181/health',
    );
  const peerServe = () =>
    timeToFirstAnswer(python, [peer('serve.py'), file('exams.csv'), '18182'], 'http://127.0.0.1:18182/health');
  const medians = await medianInTurn({ scorecast: serve, 'FastAPI + scikit-learn': peerServe }, ROUNDS);
  return timings(
    'Cold start: process start to first answer (the peer fits its linear model at start)',
    medians,
    'FastAPI + scikit-learn',
  );
}

async function singleRow() {
  const model = predictor(await loadBundle(readFileSync(file('out/bundle.json'), 'utf8')));
  const [row] = model.bundle.replay.rows;
  const ours = { seconds: perCall(() => model.predictRecords([row], 'typed')), peakMb: Number.NaN };
  const { stdout } = await runProcess(python, [peer('predict.py'), file('exams.csv'), 'single', '-']);
  const theirs = { seconds: Number(stdout) / 1e6, peakMb: Number.NaN };
  const title = `Single row: validation, pipeline (${model.bundle.provenance.estimator}) and interval, per call in process`;
  return timings(
    title,
    { scorecast: ours, 'scikit-learn (no validation, no interval)': theirs },
    'scikit-learn (no validation, no interval)',
  );
}

function perCall(work) {
  const calls = 20_000;
  for (let i = 0; i < calls; i++) work();
  const startedAt = performance.now();
  for (let i = 0; i < calls; i++) work();
  return (performance.now() - startedAt) / 1000 / calls;
}

async function batch() {
  const bundle = file('out/bundle.json');
  const medians = await medianInTurn(
    {
      scorecast: () => node('predict', file('batch.csv'), '-b', bundle, '-o', file('predictions.csv')),
      'pandas + scikit-learn': () =>
        runProcess(python, [peer('predict.py'), file('exams.csv'), file('batch.csv'), file('peer.csv')]),
    },
    3,
  );
  return timings(
    `Batch: ${BATCH_ROWS} rows, CSV file to CSV file, whole process (linear model; ours adds intervals; 3 runs)`,
    medians,
    'pandas + scikit-learn',
  );
}

function timings(title, medians, reference) {
  const rows = Object.entries(medians).map(([name, { seconds, peakMb }]) => [
    name,
    duration(seconds),
    Number.isNaN(peakMb) ? '' : `${peakMb.toFixed(0)} MB`,
    `${(medians[reference].seconds / seconds).toFixed(1)} x`,
  ]);
  return `### ${title}\n\n${markdownTable(['', 'time', 'peak memory', `speed against ${reference}`], rows)}\n`;
}

function duration(seconds) {
  if (seconds < 1e-3) return `${(seconds * 1e6).toFixed(1)} µs`;
  return seconds < 1 ? `${(seconds * 1e3).toFixed(0)} ms` : `${seconds.toFixed(2)} s`;
}
