// The grids of published projects, searched by Scorecast and by scikit-learn's GridSearchCV in the same run.
// `npm run bench -- search [--grids A,B] [--rounds 1] [--write]`; scikit-learn takes minutes per grid.

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
    rounds: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});

const scorecast = join(root, 'packages/cli/dist/main.js');
const python = peerPython();
const work = mkdtempSync(join(tmpdir(), 'scorecast-bench-'));
const file = (name) => join(work, name);
const node = (...args) => runProcess(process.execPath, [scorecast, ...args]);

try {
  const data = await examsData();
  const results = [];
  for (const name of options.grids.split(',')) {
    const result = await compare(name, data);
    process.stderr.write(`${name}: ${['ours', 'one', 'two'].map((by) => `${by} ${seconds(result[by])}`).join(', ')}\n`);
    results.push(result);
  }
  const title = `### Grid search on ${data.about}: whole processes, 2 threads`;
  const head = machine(`peers: ${peerVersions}; rounds in turn: ${options.rounds}`);
  const section = ['## search\n', head, `${title}\n`, times(results), '', scores(results)].join('\n');
  process.stdout.write(`${section}\n`);
  if (options.write) saveSection('search', section);
} finally {
  rmSync(work, { recursive: true, force: true });
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

async function compare(name, data) {
  const { folds, grid: published } = grids[name];
  const grid = published.filter(({ estimator }) => Object.hasOwn(estimators, estimator));
  const config = { schema: JSON.parse(readFileSync(data.schema, 'utf8')), grid, folds, minR2: null };
  writeFileSync(file(`${name}.json`), JSON.stringify(config));
  writeFileSync(file(`${name}-grid.json`), JSON.stringify(grid));
  const train = ['train', data.path, '-c', file(`${name}.json`), '-o', file(name), '--json'];
  const peer = (jobs) => () =>
    runProcess(
      python,
      [join(root, 'bench/peers/search.py'), data.path, file(`${name}-grid.json`), folds, jobs].map(String),
    );
  const medians = await medianInTurn(
    { ours: () => node(...train, '--workers', '2'), one: peer(1), two: peer(2) },
    Number(options.rounds),
  );
  const plan = JSON.parse((await node(...train, '--explain')).stdout);
  const missing = published.filter((entry) => !grid.includes(entry)).map(({ estimator }) => estimator);
  return { name, plan, missing, ...medians };
}

function times(results) {
  const rows = results.map(({ name, plan, ours, one, two, missing }) => [
    missing.length === 0 ? name : `${name} (without ${missing.join(', ')})`,
    plan.fitsAlone,
    plan.fits,
    seconds(ours),
    seconds(one),
    seconds(two),
    `${(two.seconds / ours.seconds).toFixed(1)} x`,
    `${ours.peakMb.toFixed(0)} MB`,
  ]);
  const headings = [
    'grid',
    'candidates x folds',
    'fits',
    'scorecast',
    'n_jobs=1',
    'n_jobs=2',
    'against n_jobs=2',
    'peak',
  ];
  return markdownTable(headings, rows);
}

function seconds(run) {
  return `${run.seconds.toFixed(2)} s`;
}

/** Best cross-validated R2 per model; both search the same grid in the same folds. */
function scores(results) {
  const rows = results.flatMap(({ name, ours, two }) => {
    const { scored } = JSON.parse(ours.stdout).leaderboard;
    return Object.entries(JSON.parse(two.stdout)).map(([estimator, theirs]) => {
      const best = Math.max(...scored.filter((entry) => entry.estimator === estimator).map(({ mean }) => mean.r2));
      return [`${name}, ${estimator}`, best.toFixed(4), theirs.toFixed(4), (best - theirs).toFixed(4)];
    });
  });
  return markdownTable(['best CV R2', 'scorecast', 'scikit-learn', 'difference'], rows);
}
