import type { ColumnProfile, Schema, Table } from '@scorecast/core';
import { histogramFamily, metricFamily } from './exposition.js';
import { count, tally, type Tally } from './tally.js';

/** What is counted of one feature. */
interface FeatureCount {
  readonly name: string;
  missing: number;
  /** Valid values that training had none of: levels that never occurred, numbers beyond its smallest and largest. */
  unseen: number;
  /** For numbers; the bounds are the minimum, quartiles and maximum of training. */
  readonly values?: Tally;
  readonly seen?: { readonly min: number; readonly max: number };
  /** For levels, by code. */
  readonly levels?: Float64Array;
  readonly names?: readonly string[];
  readonly known?: readonly boolean[];
}

/** Counts of the features that predictions were made from. */
export interface FeatureCounts {
  observe(features: Table): void;
  text(): string;
}

/** Prepares the counts of a bundle's features. */
export function featureCounts({ features }: Schema, reference: readonly ColumnProfile[]): FeatureCounts {
  const counts = features.map((feature): FeatureCount => {
    const base = { name: feature.name, missing: 0, unseen: 0 };
    const profile = reference.find(({ name }) => name === feature.name);
    if (feature.kind === 'numeric') {
      if (profile?.kind !== 'numeric') return { ...base, values: tally([]) };
      const bounds = profile.quantiles.filter((bound, i, all) => i === 0 || bound > all[i - 1]);
      return { ...base, values: tally(bounds), seen: { min: bounds[0], max: bounds[bounds.length - 1] } };
    }
    const occurred = new Set(
      profile?.kind === 'categorical'
        ? profile.counts.flatMap((one) => (one.count > 0 ? [one.level] : []))
        : feature.levels,
    );
    return {
      ...base,
      names: feature.levels,
      levels: new Float64Array(feature.levels.length),
      known: feature.levels.map((level) => occurred.has(level)),
    };
  });
  return {
    observe(table) {
      table.columns.forEach((column, f) => {
        if (column.kind === 'numeric') countNumbers(counts[f], column.values);
        else countLevels(counts[f], column.codes);
      });
    },
    text: () => featureText(counts),
  };
}

/** Hot: once per value. */
function countNumbers(into: FeatureCount, values: Float64Array): void {
  const { values: histogram, seen } = into;
  if (histogram === undefined) return;
  for (const value of values) {
    if (Number.isNaN(value)) {
      into.missing++;
      continue;
    }
    count(histogram, value);
    if (seen !== undefined && (value < seen.min || value > seen.max)) into.unseen++;
  }
}

/** Hot: once per value. */
function countLevels(into: FeatureCount, codes: Int32Array): void {
  const { levels, known } = into;
  if (levels === undefined || known === undefined) return;
  for (const code of codes) {
    if (code < 0) {
      into.missing++;
      continue;
    }
    levels[code]++;
    if (!known[code]) into.unseen++;
  }
}

function featureText(counts: readonly FeatureCount[]): string {
  const numeric = counts.flatMap(({ name, values }) =>
    values === undefined ? [] : [{ labels: { feature: name }, tally: values }],
  );
  const levels = counts.flatMap(({ name, names = [], levels: totals = new Float64Array(0) }) =>
    names.map((level, code) => ({ labels: { feature: name, level }, value: totals[code] })),
  );
  const each = (value: (one: FeatureCount) => number) =>
    counts.map((one) => ({ labels: { feature: one.name }, value: value(one) }));
  return [
    histogramFamily(
      'scorecast_feature_value',
      'Numbers that predictions were made from, by the quartiles of training.',
      numeric,
    ),
    metricFamily('scorecast_feature_level_total', 'counter', 'Levels that predictions were made from.', levels),
    metricFamily(
      'scorecast_feature_missing_total',
      'counter',
      'Missing values that predictions were made with.',
      each((one) => one.missing),
    ),
    metricFamily(
      'scorecast_feature_unseen_total',
      'counter',
      'Valid values outside of what training had.',
      each((one) => one.unseen),
    ),
  ].join('');
}
