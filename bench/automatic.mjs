// The automatic mode on the five public data sets, beside scikit-learn's tuned best on the same rows.
// `npm run bench -- automatic [--presets quick,standard] [--write]`; needs the data sets in ../shared/data and says so where they are absent.

import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../scripts/prepare.mjs';
import { peerPython, peerVersions } from './measure/peers.mjs';
import { runProcess } from './measure/process.mjs';
import { machine, markdownTable, saveSection } from './measure/report.mjs';

const { values: options } = parseArgs({
  options: { presets: { type: 'string', default: 'quick,standard' }, write: { type: 'boolean', default: false } },
});

const NAMES = [
  'students-exams',
  'student-mat',
  'student-por',
  'student-performance-factors',
  'student-performance-index',
];
const data = (name) => join(root, '../shared/data', `${name}.csv`);
const schema = (name) => join(root, 'examples/schemas', `${name}.json`);

const absent = NAMES.filter((name) => !existsSync(data(name)));
if (absent.length > 0) {
  process.stderr.write(
    `this benchmark needs the public data sets, and these are absent: ${absent.map(data).join(', ')}\n`,
  );
  process.exitCode = 1;
} else {
  await compare();
}

async function compare() {
  const work = mkdtempSync(join(tmpdir(), 'scorecast-bench-'));
  try {
    const rows = [];
    for (const name of NAMES) {
      for (const preset of options.presets.split(',')) rows.push(await ours(name, preset, join(work, name)));
      rows.push(await theirs(name));
    }
    const headings = ['data set', 'by', 'winner', 'CV R2', 'test R2', 'test MAE', 'test RMSE', 'time'];
    const title =
      'The automatic mode without a grid, beside the best of six tuned scikit-learn models; same test rows, never seen in the search';
    const section = `## automatic\n\n${machine(`peers: ${peerVersions}; one run`)}\n### ${title}\n\n${markdownTable(headings, rows)}\n`;
    process.stdout.write(`${section}\n`);
    if (options.write) saveSection('automatic', section);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function ours(name, preset, out) {
  const scorecast = join(root, 'packages/cli/dist/main.js');
  const options = ['-s', schema(name), '-o', out, '--preset', preset, '--json', '--min-r2', '-1'];
  const { stdout, seconds } = await runProcess(process.execPath, [scorecast, 'train', data(name), ...options]);
  const { metrics, provenance } = JSON.parse(stdout);
  const { r2, mae, rmse } = metrics.test;
  return cells(name, `scorecast, ${preset}`, provenance.estimator, metrics.cv.r2, r2, mae, rmse, seconds);
}

async function theirs(name) {
  const { stdout, seconds } = await runProcess(peerPython(), [
    join(root, 'bench/peers/tuned.py'),
    data(name),
    schema(name),
    '2',
  ]);
  const { model, cvR2, testR2, testMae, testRmse } = JSON.parse(stdout);
  return cells(name, 'scikit-learn, tuned', model, cvR2, testR2, testMae, testRmse, seconds);
}

function cells(name, by, winner, cvR2, r2, mae, rmse, seconds) {
  return [
    name,
    by,
    winner,
    ...[cvR2, r2].map((score) => score.toFixed(4)),
    mae.toFixed(3),
    rmse.toFixed(3),
    `${seconds.toFixed(1)} s`,
  ];
}
