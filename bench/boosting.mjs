// Fit time and peak memory of forests and boosted ensembles of 100 trees, beside scikit-learn in the same run.
// `npm run bench -- boosting [--models hist-gradient-boosting,...] [--write]`: prints a Markdown section; --write puts it into
// bench/RESULTS.md. About ten minutes on two cores, most of them for fits of a million rows that are stopped.

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { mersenneTwister, numericColumn, table } from '@scorecast/core';
import { createEstimator, keyedRandom } from '@scorecast/train';
import { root } from '../scripts/prepare.mjs';
import { medianInTurn, runProcess } from './measure/process.mjs';
import { peerPython, peerVersions } from './measure/peers.mjs';
import { machine, markdownTable, saveSection } from './measure/report.mjs';

const MODELS = ['hist-gradient-boosting', 'gradient-boosting', 'random-forest'];
const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const WIDTH = 8;

/** A process that takes longer is stopped, and larger sizes are skipped. */
const LIMIT_S = 90;

/** Fits that are expected to take less than `SHORT_S`, ten times the rows taking some ten times as long, are repeated. */
const ROUNDS = 3;
const SHORT_S = 20;
const GROWTH = 12;

/** A fit in a process that has fitted before: what is compiled while running is compiled then. */
const WARM_UP_S = 10;

const [, , job, model, rows] = process.argv;
if (job === 'fit') process.stdout.write(`${fitSeconds(model, Number(rows))}\n`);
else await compare();

async function compare() {
  const { values: options } = parseArgs({
    options: { models: { type: 'string', default: MODELS.join(',') }, write: { type: 'boolean', default: false } },
  });
  const peer = [peerPython(), join(root, 'bench/peers/boosting.py')];
  const own = [process.execPath, fileURLToPath(import.meta.url), 'fit'];
  const lines = [];
  for (const name of options.models.split(',')) {
    let last = {};
    for (const size of SIZES) {
      last = await measure({ ours: [...own, name, size], theirs: [...peer, name, size] }, last);
      const { ours, theirs } = last;
      lines.push([`${name}, ${size.toLocaleString('en')} rows`, ...cells(ours), ...cells(theirs), speed(ours, theirs)]);
      process.stderr.write(`${lines.at(-1).join(' | ')}\n`);
    }
  }
  const about = `peers: ${peerVersions}; medians of ${ROUNDS} processes in turn (one where a fit takes longer than about ${SHORT_S} s)`;
  const section = [
    '## boosting\n',
    machine(about),
    `100 trees on rows x ${WIDTH} (Friedman's function, the same rows for both), defaults but for early stopping, which is off.`,
    'The histogram peer uses all cores, all else one.',
    `Time: the second fit of a process, where the first took less than ${WARM_UP_S} s. Memory: the peak of the process, with its data.`,
    `A process that takes longer than ${LIMIT_S} s is stopped, and more rows are skipped.\n`,
    markdownTable(['', 'scorecast', 'memory', 'scikit-learn', 'memory', 'speed'], lines),
  ].join('\n');
  process.stdout.write(`${section}\n`);
  if (options.write) saveSection('boosting', section);
}

/** Runs both commands in turn, but for a side that was stopped with fewer rows: `{ seconds, peakMb, stopped }` each. */
async function measure(commands, last) {
  const sides = Object.keys(commands);
  const runs = sides.filter((side) => !isOver(last[side])).map((side) => [side, () => fitIn(commands[side])]);
  const longest = Math.max(...sides.map((side) => (last[side]?.seconds ?? 0) * GROWTH));
  const found = await medianInTurn(Object.fromEntries(runs), longest > SHORT_S ? 1 : ROUNDS);
  return Object.fromEntries(sides.map((side) => [side, found[side] ?? { skipped: true }]));
}

/** Runs a process that prints the seconds of its fit. */
async function fitIn([program, ...args]) {
  const { stdout, peakMb, stopped } = await runProcess(program, args.map(String), { timeout: LIMIT_S * 1000 });
  return { seconds: stopped ? LIMIT_S : Number(stdout), peakMb, stopped };
}

function isOver(found) {
  return found?.stopped === true || found?.skipped === true;
}

function cells({ seconds, peakMb, stopped, skipped }) {
  if (skipped) return ['skipped', ''];
  if (stopped) return [`> ${LIMIT_S} s (stopped)`, `> ${peakMb.toFixed(0)} MB`];
  return [seconds < 1 ? `${(seconds * 1000).toFixed(0)} ms` : `${seconds.toFixed(2)} s`, `${peakMb.toFixed(0)} MB`];
}

/** How many times as fast ours is; a bound where one side was stopped. */
function speed(ours, theirs) {
  if (ours.skipped || theirs.skipped || (ours.stopped && theirs.stopped)) return '';
  const bound = ours.stopped ? '< ' : theirs.stopped ? '> ' : '';
  return `${bound}${(theirs.seconds / ours.seconds).toFixed(1)} x`;
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
  return first < WARM_UP_S ? fit() : first;
}

/**
 * Friedman's function of five columns, three more that say nothing, and noise of variance 1 (three uniform numbers); the
 * draws are a column after the other from the Mersenne Twister with seed 1, as in bench/peers/boosting.py.
 */
function friedman(size) {
  const random = mersenneTwister(1);
  const draw = () => Float64Array.from({ length: size }, () => random.double());
  const columns = Array.from({ length: WIDTH }, draw);
  const [a, b, c, d, e] = columns;
  const [u, v, w] = [draw(), draw(), draw()];
  const y = a.map((value, i) => {
    const noise = 2 * (u[i] + v[i] + w[i]) - 3;
    return 10 * Math.sin(Math.PI * value * b[i]) + 20 * (c[i] - 0.5) ** 2 + 10 * d[i] + 5 * e[i] + noise;
  });
  return { x: table(columns.map((values, j) => numericColumn(`x${j}`, values))), y };
}
