import type { ColumnProfile } from '../bundle/bundle.js';
import type { Feature } from '../schema/schema.js';
import { featureColumn } from '../schema/parse-records.js';
import { transformAll, type FittedTransformer } from '../transform/transformer.js';
import { numericColumns } from '../table/table.js';
import { explainError } from './explain-error.js';

/**
 * The mean of each column behind the transformers over the training rows, from the profiles alone.
 *
 * A feature's values are replaced by a few with weights: each level with its count, the mean of the numbers, and what is
 * missing. That is exact, since transformers treat numbers linearly, but for products of columns.
 *
 * @param rowCount How many training rows the profiles describe.
 * @param owners From which feature each column is made: see {@link columnOwners}.
 * @throws EXPLAIN_NO_REFERENCE for a feature without a profile.
 */
export function columnMeans(
  features: readonly Feature[],
  reference: readonly ColumnProfile[],
  rowCount: number,
  transformers: readonly FittedTransformer[],
  owners: readonly number[],
): Float64Array {
  const spreads = features.map((feature) => spreadOf(feature, reference, rowCount));
  const length = Math.max(...spreads.map(({ cells }) => cells.length));
  const rows = {
    rowCount: length,
    columns: features.map((feature, f) => {
      const { cells } = spreads[f];
      // Rows beyond a feature's own have no weight; they repeat a value that is valid.
      return featureColumn(
        feature,
        Float64Array.from({ length }, (_, i) => cells[Math.min(i, cells.length - 1)]),
      );
    }),
  };
  const columns = numericColumns(transformAll(transformers, rows));
  return Float64Array.from(columns, ({ values }, j) => {
    const { weights } = spreads[owners[j]];
    return weights.reduce((sum, weight, i) => sum + weight * values[i], 0);
  });
}

/** A feature's values and the share of training rows that have each. */
interface Spread {
  readonly cells: readonly number[];
  readonly weights: readonly number[];
}

function spreadOf(feature: Feature, reference: readonly ColumnProfile[], rowCount: number): Spread {
  const profile = reference.find(({ name }) => name === feature.name);
  if (profile?.kind === 'numeric' && feature.kind === 'numeric') {
    const missing = profile.missing / rowCount;
    const cells: readonly [number, number][] = [
      [profile.mean, 1 - missing],
      [Number.NaN, missing],
    ];
    return spread(cells);
  }
  if (profile?.kind !== 'categorical' || feature.kind === 'numeric') {
    throw explainError('EXPLAIN_NO_REFERENCE', { feature: feature.name });
  }
  const total = profile.counts.reduce((sum, { count }) => sum + count, profile.missing);
  return spread([
    ...profile.counts.map(({ level, count }): [number, number] => [feature.levels.indexOf(level), count / total]),
    [-1, profile.missing / total],
  ]);
}

/** What never occurred is left out: a transformer may refuse it. */
function spread(cells: readonly (readonly [number, number])[]): Spread {
  const present = cells.filter(([, weight]) => weight > 0);
  return { cells: present.map(([cell]) => cell), weights: present.map(([, weight]) => weight) };
}
