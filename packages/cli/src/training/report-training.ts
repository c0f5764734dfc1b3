import { formatProblem } from '@scorecast/core';
import type { Surroundings } from '../surroundings.js';
import { shownPath } from '../terminal/shown-path.js';
import { countOf } from '../terminal/count-of.js';
import { importanceLine } from './importance-line.js';
import type { Trained } from './run-training.js';

/** How many dropped rows' problems are written out; the rest is counted. */
const LISTED_PROBLEMS = 5;

/** Tells what a training made: figures, files, warnings. */
export async function reportTraining(trained: Trained, json: boolean, surroundings: Surroundings): Promise<void> {
  const { job, bundle, bundlePath, dataset, result } = trained;
  const { terminal, directory } = surroundings;
  const { problems, problemCount } = dataset.dropped;
  for (const problem of problems.slice(0, LISTED_PROBLEMS)) {
    terminal.message('warn', `dropped: ${formatProblem(problem)}`);
  }
  if (problemCount > LISTED_PROBLEMS) {
    terminal.message('warn', `dropped: and ${countOf(problemCount - LISTED_PROBLEMS, 'more problem')}`);
  }
  for (const warning of [...dataset.warnings, ...result.warnings]) terminal.message('warn', `warning: ${warning}`);
  const { train, cv, test, testRows } = bundle.metrics;
  const { level, radius, testCoverage } = bundle.interval;
  const shown = shownPath(bundlePath, directory);
  const { nested } = result;
  if (job.time !== undefined) {
    terminal.message('info', `\nthe search had ${job.time} s: on another machine it may end elsewhere`);
  }
  if (nested !== undefined) {
    const reach = `95 % interval ${nested.lower.toFixed(4)} to ${nested.upper.toFixed(4)}`;
    terminal.message('info', `\nnested cross-validation of the whole search: R2 ${nested.mean.toFixed(4)}, ${reach}`, {
      nested,
    });
  }
  terminal.message(
    'info',
    `\nR2 ${train.r2.toFixed(4)} on training rows, ${cv.r2.toFixed(4)} in the folds, ${test.r2.toFixed(4)} on the test part\n` +
      `test part, ${testRows} rows, scored once: R2 ${test.r2.toFixed(4)}, MAE ${test.mae.toFixed(4)}, RMSE ${test.rmse.toFixed(4)}\n` +
      `${percent(level)} interval: ${reach(radius)}; it held ${percent(testCoverage)} of the test part\n` +
      (bundle.importance === undefined ? '' : `${importanceLine(bundle.importance)}\n`) +
      `wrote ${shown} (${bundle.name}, version ${bundle.version})`,
    {
      test,
      interval: bundle.interval,
      importance: bundle.importance?.permutation,
      bundle: bundlePath,
      version: bundle.version,
    },
  );
  if (json) {
    const { leaderboard, selection } = result;
    const { name, version, metrics, interval, importance, provenance } = bundle;
    const answer = {
      name,
      version,
      bundle: bundlePath,
      metrics,
      interval,
      importance,
      provenance,
      reason: selection.reason,
      expected: selection.expected.r2,
      finalists: selection.finalists.map(({ entry, ...scores }) => ({ rank: entry.rank, ...scores })),
      ...(nested === undefined ? {} : { nested }),
      warnings: [...dataset.warnings, ...result.warnings],
      leaderboard,
    };
    await terminal.data(`${JSON.stringify(answer)}\n`);
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`;
}

function reach(radius: number): string {
  return Number.isFinite(radius) ? `prediction ± ${radius.toFixed(2)}` : 'without end, for want of rows';
}
