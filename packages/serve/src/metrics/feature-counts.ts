import type { ColumnProfile, Feature, Schema, Table } from '@scorecast/core';
import { histogramFamily, metricFamily, type MetricFamily } from './exposition.js';
import type { Counter, KeptCounts } from './kept-counts.js';
import { count, type Tally } from './tally.js';

/** What is counted of one feature. */
interface FeatureCount {
  readonly name: string;
  readonly missing: Counter;
  /** Valid values that training had none of: levels that never occurred, numbers beyond its smallest and largest. */
  readonly unseen: Counter;
  /** For numbers; the bounds are the minimum, quartiles and maximum of training. */
  readonly values?: Tally;
  readonly seen?: { readonly min: number; readonly max: number };
  /** For levels, by code. */
  readonly levels?: readonly { readonly name: string; readonly known: boolean; readonly count: Counter }[];
}

/** Counts of the features that predictions were made from. */
export interface FeatureCounts {
  observe(features: Table): void;
  families(): readonly MetricFamily[];
}

/** Prepares the counts of a bundle's features. */
export function featureCounts(
  { features }: Schema,
  reference: readonly ColumnProfile[],
  kept: KeptCounts,
): FeatureCounts {
  const counts = features.map((feature) =>
    featureCount(
      feature,
      reference.find(({ name }) => name === feature.name),
      kept,
    ),
  );
  return {
    observe(table) {
      table.columns.forEach((column, f) => {
        if (column.kind === 'numeric') countNumbers(counts[f], column.values);
        else countLevels(counts[f], column.codes);
      });
    },
    families: () => featureFamilies(counts),
  };
}

function featureCount(feature: Feature, profile: ColumnProfile | undefined, kept: KeptCounts): FeatureCount {
  const { name } = feature;
  const base = { name, missing: kept.counter(`missing ${name}`), unseen: kept.counter(`unseen ${name}`) };
  if (feature.kind === 'numeric') {
    if (profile?.kind !== 'numeric') return { ...base, values: kept.tally(`value ${name}`, []) };
    const bounds = profile.quantiles.filter((bound, i, all) => i === 0 || bound > all[i - 1]);
    const seen = { min: bounds[0], max: bounds[bounds.length - 1] };
    return { ...base, values: kept.tally(`value ${name}`, bounds), seen };
  }
  const occurred = new Set(
    profile?.kind === 'categorical'
      ? profile.counts.flatMap((one) => (one.count > 0 ? [one.level] : []))
      : feature.levels,
  );
  const levels = feature.levels.map((level) => ({
    name: level,
    known: occurred.has(level),
    count: kept.counter(`level ${JSON.stringify([name, level])}`),
  }));
  return { ...base, levels };
}

/** Hot: once per value. */
function countNumbers({ values: histogram, seen, missing, unseen }: FeatureCount, values: Float64Array): void {
  if (histogram === undefined) return;
  for (const value of values) {
    if (Number.isNaN(value)) {
      missing.value++;
      continue;
    }
    count(histogram, value);
    if (seen !== undefined && (value < seen.min || value > seen.max)) unseen.value++;
  }
}

/** Hot: once per value. */
function countLevels({ levels, missing, unseen }: FeatureCount, codes: Int32Array): void {
  if (levels === undefined) return;
  for (const code of codes) {
    if (code < 0) {
      missing.value++;
      continue;
    }
    const level = levels[code];
    level.count.value++;
    if (!level.known) unseen.value++;
  }
}

function featureFamilies(counts: readonly FeatureCount[]): readonly MetricFamily[] {
  const numeric = counts.flatMap(({ name, values }) =>
    values === undefined ? [] : [{ labels: { feature: name }, tally: values }],
  );
  const levels = counts.flatMap(({ name: feature, levels: all = [] }) =>
    all.map(({ name: level, count: { value } }) => ({ labels: { feature, level }, value })),
  );
  const each = (counter: (one: FeatureCount) => Counter) =>
    counts.map((one) => ({ labels: { feature: one.name }, value: counter(one).value }));
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
  ];
}
