import type { ColumnProfile } from '../bundle/bundle.js';
import type { Feature } from '../schema/schema.js';
import { explainError } from './explain-error.js';

/**
 * A record in the middle of the training rows, as cells: the median of each number, the most frequent level of the rest
 * (of equally frequent ones the first).
 *
 * @throws EXPLAIN_NO_REFERENCE
 */
export function typicalRow(features: readonly Feature[], reference: readonly ColumnProfile[]): Float64Array {
  return Float64Array.from(features, (feature) => {
    const profile = reference.find(({ name }) => name === feature.name);
    if (profile?.kind === 'numeric' && feature.kind === 'numeric') return profile.quantiles[2];
    if (profile?.kind !== 'categorical' || feature.kind === 'numeric') {
      throw explainError('EXPLAIN_NO_REFERENCE', { feature: feature.name });
    }
    const [first, ...others] = profile.counts;
    const { level } = others.reduce((most, other) => (other.count > most.count ? other : most), first);
    return feature.levels.indexOf(level);
  });
}
