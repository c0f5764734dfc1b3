import { describeCandidate, OVERFIT_GAP, type AutomaticSelection, type Leaderboard } from '@scorecast/train';
import type { LeaderboardEntry } from '@scorecast/train';
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
  { heading: '', align: 'left' },
  { heading: 'fresh R2', align: 'right' },
  { heading: 'fit ms', align: 'right' },
];

/** How many candidates are shown; the best of every estimator and the finalists always are. */
const SHOWN = 5;
/** An ensemble of many members would push the figures off the screen. */
const NAME_LENGTH = 60;

/**
 * The leaderboard as text: the best candidates, the best of every estimator and the finalists, by mean R2 over the folds.
 * `*` marks the winner, `~` the finalists that tie with the best.
 */
export function leaderboardTable(
  leaderboard: Leaderboard,
  selection: AutomaticSelection,
  terminal: Pick<Terminal, 'bold'>,
): string {
  const finalists = new Map(selection.finalists.map((finalist) => [finalist.entry, finalist]));
  const shown = shownEntries(leaderboard, (entry) => finalists.has(entry));
  const rows = shown.map((entry) => {
    const finalist = finalists.get(entry);
    return [
      entry === selection.winner ? '*' : finalist?.tied === true ? '~' : '',
      shortened(describeCandidate(entry)),
      entry.mean.r2.toFixed(4),
      entry.sd.r2.toFixed(4),
      entry.mean.mae.toFixed(3),
      entry.mean.rmse.toFixed(3),
      entry.trainMean.r2.toFixed(4),
      isOverfit(entry) ? '!' : '',
      finalist?.r2.mean.toFixed(4) ?? '',
      entry.fitTimeMs.toFixed(1),
    ];
  });
  const lines = textTable(COLUMNS, rows).split('\n');
  const winnerLine = shown.indexOf(selection.winner) + 1;
  const table = lines.map((line, i) => (i === winnerLine ? terminal.bold(line) : line)).join('\n');
  return `${table}\n${notes(leaderboard, selection, shown)
    .map((note) => `  ${note}`)
    .join('\n')}`;
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
  { scored, failed }: Leaderboard,
  { winner, finalists, expected }: AutomaticSelection,
  shown: readonly LeaderboardEntry[],
): readonly string[] {
  const { mean, lower, upper } = expected.r2;
  const hidden = scored.length - shown.length;
  const tied = finalists.filter((finalist) => finalist.tied).length;
  return [
    `R2 and sd: over ${winner.folds.length} folds of the training part; fresh R2: the finalists once more in other folds`,
    ...(tied > 1 ? ['~ ties with the best finalist: their difference may well be chance'] : []),
    ...(shown.some(isOverfit) ? ['! far better on the rows that it learned from'] : []),
    `expected R2 on new data: ${mean.toFixed(4)}, 95 % interval ${lower.toFixed(4)} to ${upper.toFixed(4)}`,
    ...(hidden > 0 ? [`${hidden} more in leaderboard.json`] : []),
    ...failed.map((candidate) => `failed: ${describeCandidate(candidate)}: ${candidate.reason}`),
  ];
}

function isOverfit({ mean, trainMean }: LeaderboardEntry): boolean {
  return trainMean.r2 - mean.r2 > OVERFIT_GAP;
}

function shortened(name: string): string {
  return name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name;
}
