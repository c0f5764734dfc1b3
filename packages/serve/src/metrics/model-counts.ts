import type { Bundle, Prediction, Problem, Table } from '@scorecast/core';
import { histogramFamily, metricFamily, type MetricFamily } from './exposition.js';
import { featureCounts } from './feature-counts.js';
import type { KeptCounts } from './kept-counts.js';
import { count } from './tally.js';

/** Counts what one model was asked and what it answered. */
export interface ModelCounts {
  predicted(features: Table, predictions: readonly Prediction[]): void;
  refused(problems: readonly Problem[]): void;
  families(now: Date): readonly MetricFamily[];
}

/** Prepares the counts of a model; what an earlier one had in common with it is counted on. */
export function modelCounts(bundle: Bundle, loadedAt: Date, kept: KeptCounts): ModelCounts {
  const { name, version, schema, interval } = bundle;
  const predictions = kept.tally('prediction', predictionBounds(bundle));
  const features = featureCounts(schema, bundle.reference, kept);
  const known = new Set(schema.features.map((feature) => feature.name));
  const loadedSeconds = loadedAt.getTime() / 1000;
  return {
    predicted(table, answers) {
      for (const { value } of answers) count(predictions, value);
      features.observe(table);
    },
    refused(problems) {
      for (const { column, code } of problems) {
        // A name that anybody can make up is no label.
        kept.problems.add({ feature: known.has(column) ? column : 'other', code });
      }
    },
    families: (now) => [
      histogramFamily('scorecast_prediction', `Predictions of ${schema.target.label}.`, [{ tally: predictions }]),
      ...features.families(),
      metricFamily('scorecast_input_problems_total', 'counter', 'Values that were refused.', kept.problems.samples()),
      metricFamily('scorecast_model_info', 'gauge', 'The model that is served; always 1.', [
        { labels: { model: name, version }, value: 1 },
      ]),
      metricFamily('scorecast_model_loaded_timestamp_seconds', 'gauge', 'When the model was loaded.', [
        { value: loadedSeconds },
      ]),
      metricFamily('scorecast_model_age_seconds', 'gauge', 'For how long the model has been served.', [
        { value: now.getTime() / 1000 - loadedSeconds },
      ]),
      metricFamily('scorecast_interval_level', 'gauge', 'How often intervals promise to hold the true value.', [
        { value: interval.level },
      ]),
    ],
  };
}

/** Ten equal steps over the target's range; where it has none, over what the model gave for its test rows. */
function predictionBounds({ schema: { target }, replay: { predictions } }: Bundle): readonly number[] {
  const low = target.min ?? Math.min(...predictions);
  const high = target.max ?? Math.max(...predictions);
  if (!Number.isFinite(high - low) || high <= low) return [];
  return Array.from({ length: 10 }, (_, i) => low + ((high - low) * (i + 1)) / 10);
}
