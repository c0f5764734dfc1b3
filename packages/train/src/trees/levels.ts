import type { Cut } from './cut.js';
import type { OpenNode } from './open-node.js';
import type { Steps } from './steps.js';
import { ROW, rowsOf } from './tally.js';

/** What a node's rows of one level of a nominal column add up to. */
export interface Level {
  /** NaN for the rows without a value: they are a level like the others. */
  readonly code: number;
  readonly rows: number;
  readonly weight: number;
  readonly sum: number;
}

/** The levels that a node has, by ascending code, missing values last. */
export function levelsOf({ size, values, tallies, sums, missingTally, missingSum }: Steps, node: OpenNode): Level[] {
  const levels: Level[] = [];
  for (let i = 0; i < size; i++) levels.push(level(values[i], tallies[i], sums[i], node));
  if (missingTally > 0) levels.push(level(Number.NaN, missingTally, missingSum, node));
  return levels;
}

function level(code: number, tally: number, rawSum: number, { middle }: OpenNode): Level {
  const rows = rowsOf(tally);
  const weight = tally - ROW * rows;
  return { code, rows, weight, sum: rawSum - weight * middle };
}

/** The cut that sends some levels left and the others right. */
export function cutOfLevels(
  left: readonly Level[],
  right: readonly Level[],
): Pick<Cut, 'threshold' | 'levels' | 'missingLeft'> {
  const isMissing = ({ code }: Level) => Number.isNaN(code);
  const codes = (side: readonly Level[]) =>
    Int32Array.from(
      side.filter((one) => !isMissing(one)),
      ({ code }) => code,
    ).sort();
  const isMissingLeft = left.some(isMissing);
  return {
    threshold: 0,
    levels: { left: codes(left), right: codes(right) },
    missingLeft: isMissingLeft || right.some(isMissing) ? isMissingLeft : undefined,
  };
}
