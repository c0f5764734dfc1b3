import { describeCandidate, type Leaderboard, type Selection } from '@scorecast/train';
import type { Terminal } from '../terminal/terminal.js';
import { textTable, type TextColumn } from '../terminal/text-table.js';

const COLUMNS: readonly TextColumn[] = [
  { heading: '', align: 'left' },
  { heading: 'candidate', align: 'left' },
  { heading: 'R2', align: 'right' },
  { heading: 'sd', align: 'right' },
  { heading: 'MAE', align: 'right' },
  { heading: 'RMSE', align: 'right' },
  { heading: 'train R2', align: 'right' },
  { heading: 'fit ms', align: 'right' },
];

/** How many candidates are shown; the winner and the best of every estimator always are. */
const SHOWN = 10;

/**
 * The leaderboard as text: the best candidates, the best of every estimator and the winner, by mean R2 over the folds.
 * `*` marks the winner, `~` what is within one standard error of the best.
 */
export function leaderboardTable(
  leaderboard: Leaderboard,
  selection: Selection,
  terminal: Pick<Terminal, 'bold'>,
): string {
  const seen = new Set<string>();
  const shown = leaderboard.scored.filter((entry) => {
    const firstOfItsKind = !seen.has(entry.estimator);
    seen.add(entry.estimator);
    return entry.rank <= SHOWN || firstOfItsKind || entry === selection.winner;
  });
  const rows = shown.map((entry) => [
    entry === selection.winner ? '*' : entry.withinOneStandardError ? '~' : '',
    describeCandidate(entry),
    entry.mean.r2.toFixed(4),
    entry.sd.r2.toFixed(4),
    entry.mean.mae.toFixed(3),
    entry.mean.rmse.toFixed(3),
    entry.trainMean.r2.toFixed(4),
    entry.fitTimeMs.toFixed(1),
  ]);
  const lines = textTable(COLUMNS, rows).split('\n');
  const winnerLine = shown.indexOf(selection.winner) + 1;
  const table = lines.map((line, i) => (i === winnerLine ? terminal.bold(line) : line)).join('\n');
  const hidden = leaderboard.scored.length - shown.length;
  const notes = [
    `mean and standard deviation over ${selection.winner.folds.length} folds of the training part`,
    ...(hidden > 0 ? [`${hidden} more in leaderboard.json`] : []),
    ...leaderboard.failed.map((candidate) => `failed: ${describeCandidate(candidate)}: ${candidate.reason}`),
  ];
  return `${table}\n${notes.map((note) => `  ${note}`).join('\n')}`;
}
