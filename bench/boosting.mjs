// Fit time and peak memory of forests and boosted ensembles of 100 trees, beside scikit-learn in the same run.
// `npm run bench -- boosting [--write]`: prints a Markdown section; --write puts it into bench/RESULTS.md.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mersenneTwister, numericColumn, table } from '@scorecast/core';
import { createEstimator, keyedRandom } from '@scorecast/train';
import { root } from '../scripts/prepare.mjs';
import { medianInTurn, runProcess } from './measure/process.mjs';
import { peerPython, peerVersions } from './measure/peers.mjs';
import { machine, markdownTable, saveSection } from './measure/report.mjs';

const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const WIDTH = 8;
const ROUNDS = 3;
const MODELS = ['hist-gradient-boosting', 'gradient-boosting', 'random-forest'];

// Ten times the rows take a little more than ten times as long; what would take two minutes is left out.
const GROWTH = 12;
const LIMIT_S = 120;

const [, , job, model, rows] = process.argv;
if (job === 'fit') process.stdout.write(`${fitSeconds(model, Number(rows))}\n`);
else await compare();

async function compare() {
  const python = peerPython();
  const peer = join(root, 'bench/peers/boosting.py');
  const lines = [];
  for (const name of MODELS) {
    let expected = { ours: 0, theirs: 0 };
    for (const size of SIZES) {
      const ours = () => fitIn(process.execPath, fileURLToPath(import.meta.url), 'fit', name, String(size));
      const theirs = () => fitIn(python, peer, name, String(size));
      const runs = {
        ...(expected.ours < LIMIT_S ? { ours } : {}),
        ...(expected.theirs < LIMIT_S ? { theirs } : {}),
      };
      const rounds = Math.max(expected.ours, expected.theirs) > 20 ? 1 : ROUNDS;
      const found = await medianInTurn(runs, rounds);
      lines.push([
        `${name}, ${size.toLocaleString('en')} rows`,
        ...cells(found.ours),
        ...cells(found.theirs),
        ratio(found),
      ]);
      process.stderr.write(`${lines.at(-1).join(' | ')}\n`);
      expected = { ours: next(found.ours), theirs: next(found.theirs) };
    }
  }
  const about = `peers: ${peerVersions}; medians of ${ROUNDS} processes in turn (one where a fit takes longer than 20 s)`;
  const section = [
    '## boosting\n',
    machine(about),
    `100 trees on rows x ${WIDTH}, defaults but for early stopping, which is off; the histogram peer uses all cores, all else one.`,
    'Time: the second fit of a process, where the first took less than 10 s. Peak memory: the process, with its data.',
    `Not measured: fits that would take more than about ${LIMIT_S} s.\n`,
    markdownTable(['', 'scorecast', 'memory', 'scikit-learn', 'memory', 'speed'], lines),
  ].join('\n');
  process.stdout.write(`${section}\n`);
  if (process.argv.includes('--write')) saveSection('boosting', section);
}

/** Runs a process that prints the seconds of its fit. */
async function fitIn(...command) {
  const [program, ...args] = command;
  const { stdout, peakMb } = await runProcess(program, args);
  return { seconds: Number(stdout), peakMb };
}

function next(found) {
  return found === undefined ? Infinity : found.seconds * GROWTH;
}

function cells(found) {
  if (found === undefined) return ['not measured', ''];
  const { seconds, peakMb } = found;
  return [seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(2)} s`, `${peakMb.toFixed(0)} MB`];
}

function ratio({ ours, theirs }) {
  return ours === undefined || theirs === undefined ? '' : `${(theirs.seconds / ours.seconds).toFixed(1)} x`;
}

function fitSeconds(name, size) {
  const estimator = createEstimator(name);
  const { x, y } = friedman(size);
  const fit = () => {
    const startedAt = performance.now();
    estimator.fit(x, y, { random: keyedRandom(42) });
    return (performance.now() - startedAt) / 1000;
  };
  const first = fit();
  return first < 10 ? fit() : first;
}

/** Friedman's function of five columns, three more that say nothing, and noise; as in bench/peers/boosting.py. */
function friedman(size) {
  const random = mersenneTwister(1);
  const columns = Array.from({ length: WIDTH }, () => Float64Array.from({ length: size }, () => random.double()));
  const [a, b, c, d, e] = columns;
  const y = a.map(
    (v, i) => 10 * Math.sin(Math.PI * v * b[i]) + 20 * (c[i] - 0.5) ** 2 + 10 * d[i] + 5 * e[i] + random.normal(),
  );
  return { x: table(columns.map((values, j) => numericColumn(`x${j}`, values))), y };
}
