import { createHash } from 'node:crypto';
import { canonicalJson } from '@scorecast/core';
import type { SearchPlan } from '../search/search-plan.js';
import { version } from '../version.js';

/**
 * A hash of everything that a trial's result depends on besides its candidate: data, folds, preprocessing, seed, release.
 * The space and the strategy are not in it: a search over another space may use what is finished.
 */
export function planFingerprint({
  schema,
  features,
  target,
  folds,
  preprocessing,
  seed,
}: Omit<SearchPlan, 'candidates'>): string {
  const names = features.columns.map((column) => [column.name, column.kind === 'numeric' ? [] : column.levels]);
  const sizes = folds.map(({ train, test }) => [train.length, test.length]);
  const hash = createHash('sha256').update(canonicalJson([version, schema, names, sizes, preprocessing, seed]));
  for (const column of features.columns) hash.update(column.kind === 'numeric' ? column.values : column.codes);
  hash.update(target);
  for (const { train, test } of folds) hash.update(train).update(test);
  return hash.digest('hex');
}
