import { metrics as registry } from '@scorecast/core';
import { describeCandidate, isOverfit, type AutomaticSelection, type Leaderboard } from '@scorecast/train';
import type { LeaderboardEntry, ScoringName } from '@scorecast/train';
import type { Terminal } from '../terminal/terminal.js';
import { textTable, type TextColumn } from '../terminal/text-table.js';
import { shownMetrics } from './shown-metrics.js';

/** How many candidates are shown; the best of every estimator and the finalists always are. */
const SHOWN = 5;
/** An ensemble of many members would push the figures off the screen. */
const NAME_LENGTH = 60;

/**
 * The leaderboard as text: the best candidates, the best of every estimator and the finalists, by the mean over the folds
 * of the metric that chooses. `*` marks the winner, `~` the finalists that tie with the best.
 */
export function leaderboardTable(
  leaderboard: Leaderboard,
  selection: AutomaticSelection,
  terminal: Pick<Terminal, 'bold'>,
): string {
  const finalists = new Map(selection.finalists.map((finalist) => [finalist.entry, finalist]));
  const shown = shownEntries(leaderboard, (entry) => finalists.has(entry));
  const [metric, ...others] = shownMetrics(leaderboard.metrics);
  const rows = shown.map((entry) => {
    const finalist = finalists.get(entry);
    return [
      entry === selection.winner ? '*' : finalist?.tied === true ? '~' : '',
      shortened(describeCandidate(entry)),
      scoreText(metric, entry.mean[metric]),
      scoreText(metric, entry.sd[metric]),
      ...others.map((name) => scoreText(name, entry.mean[name])),
      scoreText(metric, entry.trainMean[metric]),
      isByHeart(entry, metric) ? '!' : '',
      finalist === undefined ? '' : scoreText(metric, finalist.fresh[metric].mean),
      entry.fitTimeMs.toFixed(1),
    ];
  });
  const lines = textTable(columns(metric, others), rows).split('\n');
  const winnerLine = shown.indexOf(selection.winner) + 1;
  const table = lines.map((line, i) => (i === winnerLine ? terminal.bold(line) : line)).join('\n');
  return `${table}\n${notes(leaderboard, selection, shown)
    .map((note) => `  ${note}`)
    .join('\n')}`;
}

function columns(metric: ScoringName, others: readonly ScoringName[]): readonly TextColumn[] {
  const { label } = registry[metric];
  const column = (heading: string, align: 'left' | 'right' = 'right') => ({ heading, align });
  return [
    column('', 'left'),
    column('candidate', 'left'),
    column(label),
    column('sd'),
    ...others.map((name) => column(registry[name].label)),
    column(`train ${label}`),
    column('', 'left'),
    column(`fresh ${label}`),
    column('fit ms'),
  ];
}

/** Four decimals; three of what is in the target's unit. */
function scoreText(metric: ScoringName, score: number): string {
  return score.toFixed(registry[metric].unit === 'target' ? 3 : 4);
}

function shownEntries({ scored }: Leaderboard, isFinalist: (entry: LeaderboardEntry) => boolean) {
  const seen = new Set<string>();
  return scored.filter((entry) => {
    const firstOfItsKind = !seen.has(entry.estimator);
    seen.add(entry.estimator);
    return entry.rank <= SHOWN || firstOfItsKind || isFinalist(entry);
  });
}

function notes(
  { scored, failed, metrics: [metric] }: Leaderboard,
  { winner, finalists, expected }: AutomaticSelection,
  shown: readonly LeaderboardEntry[],
): readonly string[] {
  const { mean, lower, upper } = expected.fresh[metric];
  const { label } = registry[metric];
  const hidden = scored.length - shown.length;
  const tied = finalists.filter((finalist) => finalist.tied).length;
  return [
    `${label} and sd: over ${winner.folds.length} folds of the training part; fresh ${label}: the finalists once more in other folds`,
    ...(tied > 1 ? ['~ ties with the best finalist: their difference may well be chance'] : []),
    ...(shown.some((entry) => isByHeart(entry, metric)) ? ['! far better on the rows that it learned from'] : []),
    `expected ${label} on new data: ${mean.toFixed(4)}, 95 % interval ${lower.toFixed(4)} to ${upper.toFixed(4)}`,
    ...(hidden > 0 ? [`${hidden} more in leaderboard.json`] : []),
    ...failed.map((candidate) => `failed: ${describeCandidate(candidate)}: ${candidate.reason}`),
  ];
}

function isByHeart({ mean, trainMean }: LeaderboardEntry, metric: ScoringName): boolean {
  return isOverfit(metric, trainMean[metric], mean[metric]);
}

function shortened(name: string): string {
  return name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name;
}
