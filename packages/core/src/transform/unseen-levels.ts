import type { CategoricalColumn } from '../table/column.js';
import { transformError } from './transform-error.js';

/** What happens to a level that did not occur in training: refuse the row, or encode it as missing. */
export type UnseenLevels = 'error' | 'ignore';

/** Throws TRANSFORM_UNSEEN_LEVEL for the first row that has another level than the known ones. */
export function refuseUnseen(column: CategoricalColumn, levels: readonly string[]): void {
  const known = new Set(levels);
  const isKnown = column.levels.map((level) => known.has(level));
  for (const code of column.codes) {
    if (code >= 0 && !isKnown[code]) {
      throw transformError('TRANSFORM_UNSEEN_LEVEL', { column: column.name, level: column.levels[code] });
    }
  }
}
