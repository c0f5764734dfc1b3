import { trainError } from '../train-error.js';

/** When a search stops; the first limit that is reached counts. */
export interface Budget {
  /** How many different candidates are tried. */
  readonly candidates?: number | undefined;
  /** Milliseconds from the start. The candidate that is being fitted is given up, unless nothing is scored yet. */
  readonly timeMs?: number | undefined;
  /** How many candidates in a row may fail to beat the best, with all rows; counted when a batch is done. */
  readonly patience?: number | undefined;
}

/** @throws TRAIN_OPTION for a limit that is not above 0, or not a whole number of candidates. */
export function checkBudget({ candidates, timeMs, patience }: Budget): void {
  for (const [option, value] of Object.entries({ candidates, patience })) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1)) {
      throw trainError('TRAIN_OPTION', { option, value, expected: 'an integer of at least 1' });
    }
  }
  if (timeMs !== undefined && !(timeMs > 0)) {
    throw trainError('TRAIN_OPTION', { option: 'timeMs', value: timeMs, expected: 'a number above 0' });
  }
}
