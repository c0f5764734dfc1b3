import { formatProblem, metrics as registry, type PartScores } from '@scorecast/core';
import type { ScoringName } from '@scorecast/train';
import type { Surroundings } from '../surroundings.js';
import { shownPath } from '../terminal/shown-path.js';
import { countOf } from '../terminal/count-of.js';
import { importanceLine } from './importance-line.js';
import { shownMetrics } from './shown-metrics.js';
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
  const { nested, leaderboard, selection } = result;
  const [metric] = leaderboard.metrics;
  const { label } = registry[metric];
  if (job.time !== undefined) {
    terminal.message('info', `\nthe search had ${job.time} s: on another machine it may end elsewhere`);
  }
  if (nested !== undefined) {
    const { mean, lower, upper } = nested[metric];
    const reach = `95 % interval ${lower.toFixed(4)} to ${upper.toFixed(4)}`;
    terminal.message('info', `\nnested cross-validation of the whole search: ${label} ${mean.toFixed(4)}, ${reach}`, {
      nested: nested[metric],
    });
  }
  terminal.message(
    'info',
    `\n${label} ${shownScore(train, metric)} on training rows, ${shownScore(cv, metric)} in the folds, ${shownScore(test, metric)} on the test part\n` +
      `test part, ${testRows} rows, scored once: ${shownMetrics(leaderboard.metrics)
        .map((name) => `${registry[name].label} ${shownScore(test, name)}`)
        .join(', ')}\n` +
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
    const { pickMetrics } = await import('@scorecast/train');
    const scores = leaderboard.metrics;
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
      expected: pickMetrics(selection.expected.fresh, scores),
      finalists: selection.finalists.map(({ entry, fresh, behind, tied }) => ({
        rank: entry.rank,
        fresh: pickMetrics(fresh, scores),
        behind,
        tied,
      })),
      ...(nested === undefined ? {} : { nested: pickMetrics(nested, scores) }),
      warnings: [...dataset.warnings, ...result.warnings],
      leaderboard,
    };
    await terminal.data(`${JSON.stringify(answer)}\n`);
  }
}

function shownScore(scores: PartScores, metric: ScoringName): string {
  return (scores[metric] ?? Number.NaN).toFixed(4);
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1).replace(/\.0$/, '')} %`;
}

function reach(radius: number): string {
  return Number.isFinite(radius) ? `prediction ± ${radius.toFixed(2)}` : 'without end, for want of rows';
}
