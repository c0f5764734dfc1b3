// The grids of published projects, searched by Scorecast and by scikit-learn's GridSearchCV in the same run: the same work on
// both sides in whole processes, and beside it all that `scorecast train` does with the grid.
// `npm run bench -- search [--grids A,B] [--rounds 1] [--write]`; scikit-learn takes minutes per grid.
// `npm run bench -- search --profile [--rounds 5] [--write]` tells where our time goes instead, and what the limit is.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { estimators } from '@scorecast/train';
import { root } from '../scripts/prepare.mjs';
import { peerPython, peerVersions } from './measure/peers.mjs';
import { medianInTurn, runProcess } from './measure/process.mjs';
import { machine, markdownTable, saveSection } from './measure/report.mjs';

const { grids } = JSON.parse(readFileSync(join(root, 'bench/grids.json'), 'utf8'));
const { values: options } = parseArgs({
  options: {
    grids: { type: 'string', default: Object.keys(grids).join(',') },
    rounds: { type: 'string' },
    profile: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});

const CONTENTS = `"Same work" is, on both sides, from process start to result: reading the CSV, an 80 % training part, every candidate in every
fold, and the best candidate fitted once more to the training part; ours by \`crossValidateGrid\`, theirs by one \`GridSearchCV\` per
model. Ours fits the encoding in every fold and scores the training rows too; theirs encodes once, before the search. The target
is 20 x for A, B and C and 50 x for forest270. "scorecast train" is the command, which adds fresh folds for the finalists, importance,
an interval, the test part and the bundle.
`;

const PROFILE_CONTENTS = `Seconds of processor time, of all threads, the least of the rounds: a busy machine adds to wall time, and less to this. The parts are
those of "same work" in the section "search", one after the other:

- process: \`node\` until the first line of the program; modules: loading \`core\`, \`train\` and \`data\`; reading: the CSV, checked;
- threads: starting two of them, and the least search that there is;
- fits: the grid once all code is compiled (the least of three more searches in the same process);
- cold code: what the first search takes more than that. JavaScript begins in an interpreter and is compiled, in each thread anew.

Two cores can share only what follows the reading, so that no run takes less wall time than the floor: process + modules + reading + half of the
rest. "Fits / 2" is what two cores take for the fits alone. A twentieth (for forest270 a fiftieth) of GridSearchCV's time is the target.
`;

const scorecast = join(root, 'packages/cli/dist/main.js');
const python = peerPython();
const work = mkdtempSync(join(tmpdir(), 'scorecast-bench-'));
const file = (name) => join(work, name);
const node = (...args) => runProcess(process.execPath, [scorecast, ...args]);

try {
  const data = await examsData();
  if (options.profile) await profile(data, Number(options.rounds ?? 5));
  else await compareAll(data, Number(options.rounds ?? 1));
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function compareAll(data, rounds) {
  const results = [];
  for (const name of options.grids.split(',')) {
    const result = await compare(name, data, rounds);
    const times = Object.entries(result.runs).map(([by, run]) => `${by} ${seconds(run)}`);
    process.stderr.write(`${name}: ${times.join(', ')}\n`);
    results.push(result);
  }
  const title = `### Grid search on ${data.about}: whole processes, 2 threads`;
  const head = machine(`peers: ${peerVersions}; rounds in turn: ${rounds}`);
  const section = [
    '## search\n',
    head,
    `${title}\n`,
    CONTENTS,
    times(results),
    '',
    withinProcesses(results),
    '',
    scores(results),
  ].join('\n');
  process.stdout.write(`${section}\n`);
  if (options.write) saveSection('search', section);
}

/** The public file where it is there, else the generated sample of the same shape. */
async function examsData() {
  const path = join(root, '../shared/data/students-exams.csv');
  const schema = join(root, 'examples/schemas/students-exams.json');
  if (existsSync(path)) return { path, schema, about: 'students-exams (the public file)' };
  await node('sample', 'exams', '-o', file('exams.csv'));
  await node('sample', 'exams', '--schema', '-o', file('schema.json'));
  return { path: file('exams.csv'), schema: file('schema.json'), about: 'generated exams of 1000 rows' };
}

/** The part of a grid whose estimators exist, in a file. */
function writeGrid(name) {
  const { folds, grid: published } = grids[name];
  const grid = published.filter(({ estimator }) => Object.hasOwn(estimators, estimator));
  writeFileSync(file(`${name}-grid.json`), JSON.stringify(grid));
  return { folds, published, grid };
}

async function compare(name, data, rounds) {
  const { folds, published, grid } = writeGrid(name);
  const config = { schema: JSON.parse(readFileSync(data.schema, 'utf8')), grid, folds, minR2: null };
  writeFileSync(file(`${name}.json`), JSON.stringify(config));
  const search = (workers) => () =>
    runProcess(
      process.execPath,
      [
        join(root, 'bench/measure/search-grid.mjs'),
        data.path,
        data.schema,
        file(`${name}-grid.json`),
        folds,
        workers,
      ].map(String),
    );
  const train = ['train', data.path, '-c', file(`${name}.json`), '-o', file(name), '--json'];
  const peer = (jobs) => () =>
    runProcess(
      python,
      [join(root, 'bench/peers/search.py'), data.path, file(`${name}-grid.json`), folds, jobs].map(String),
    );
  const runs = await medianInTurn(
    {
      same: search(2),
      sameOne: search(1),
      train: () => node(...train, '--workers', '2'),
      peerTwo: peer(2),
      peerOne: peer(1),
    },
    rounds,
  );
  const plan = JSON.parse((await node(...train, '--explain')).stdout);
  const missing = published.filter((entry) => !grid.includes(entry)).map(({ estimator }) => estimator);
  return { name, plan, missing, runs };
}

function times(results) {
  const rows = results.map(({ name, plan, runs, missing }) => [
    missing.length === 0 ? name : `${name} (without ${missing.join(', ')})`,
    plan.fitsAlone,
    plan.fits,
    seconds(runs.same),
    seconds(runs.peerTwo),
    `${(runs.peerTwo.seconds / runs.same.seconds).toFixed(1)} x`,
    seconds(runs.train),
    `${(runs.peerTwo.seconds / runs.train.seconds).toFixed(1)} x`,
    `${runs.train.peakMb.toFixed(0)} MB`,
  ]);
  const headings = [
    'grid',
    'candidates x folds',
    'fits',
    'scorecast, same work',
    'GridSearchCV, n_jobs=2',
    'ratio',
    'scorecast train',
    'ratio',
    'its peak',
  ];
  return markdownTable(headings, rows);
}

/** Without process start, imports and reading on either side. */
function withinProcesses(results) {
  const inside = (run) => JSON.parse(run.stdout).seconds;
  const rows = results.map(({ name, runs: { same, sameOne, peerTwo, peerOne } }) => [
    name,
    ...[same, peerTwo, sameOne, peerOne].map((run) => `${inside(run).toFixed(2)} s`),
    `${(inside(peerTwo) / inside(same)).toFixed(1)} x`,
    `${(inside(peerOne) / inside(sameOne)).toFixed(1)} x`,
  ]);
  const headings = [
    'search alone, within the process',
    'scorecast, 2 threads',
    'n_jobs=2',
    '1 thread',
    'n_jobs=1',
    'ratio, 2',
    'ratio, 1',
  ];
  return markdownTable(headings, rows);
}

function seconds(run) {
  return `${run.seconds.toFixed(2)} s`;
}

/** Best cross-validated R2 per model; both search the same grid in the same folds. */
function scores(results) {
  const rows = results.flatMap(({ name, runs }) => {
    const ours = JSON.parse(runs.same.stdout).best;
    return Object.entries(JSON.parse(runs.peerTwo.stdout).best).map(([estimator, theirs]) => [
      `${name}, ${estimator}`,
      ours[estimator].toFixed(4),
      theirs.toFixed(4),
      (ours[estimator] - theirs).toFixed(4),
    ]);
  });
  return markdownTable(['best CV R2', 'scorecast', 'scikit-learn', 'difference'], rows);
}

/** Where the time goes, grid by grid. */
async function profile(data, rounds) {
  const rows = [];
  for (const name of options.grids.split(',')) {
    const { folds } = writeGrid(name);
    const program = join(root, 'bench/measure/search-profile.mjs');
    const args = [program, data.path, data.schema, file(`${name}-grid.json`), folds, 2].map(String);
    const runs = [];
    for (let round = 0; round < rounds; round++) {
      runs.push(JSON.parse((await runProcess(process.execPath, args)).stdout));
      process.stderr.write('.');
    }
    rows.push(profileRow(name, runs));
    process.stderr.write(`${name}\n`);
  }
  const headings = [
    'grid',
    ...['process', 'modules', 'reading', 'threads', 'cold code', 'fits', 'sum', 'floor'],
    'fits / 2',
  ];
  const head = machine(`rounds: ${rounds}`);
  const section = ['## search profile\n', head, PROFILE_CONTENTS, markdownTable(headings, rows)].join('\n');
  process.stdout.write(`${section}\n`);
  if (options.write) saveSection('search profile', section);
}

function profileRow(name, runs) {
  const least = (wanted) =>
    Math.min(...runs.flatMap((run) => Object.entries(run).flatMap(([phase, cpu]) => (wanted(phase) ? cpu : []))));
  const of = (name) => least((phase) => phase === name);
  const [start, modules, reading, threads] = ['process', 'modules', 'reading', 'threads'].map(of);
  const fits = least((phase) => phase.startsWith('again'));
  const cold = Math.max(0, of('first search') - fits);
  const alone = start + modules + reading;
  const shared = threads + cold + fits;
  return [
    name,
    ...[start, modules, reading, threads, cold, fits, alone + shared, alone + shared / 2, fits / 2].map(
      (value) => `${value.toFixed(2)} s`,
    ),
  ];
}
