import type { Bundle, Prediction, Problem, Table } from '@scorecast/core';
import { featureCounts } from './feature-counts.js';
import { histogramFamily, metricFamily } from './exposition.js';
import { processText } from './process-text.js';
import { count, tally, type Tally } from './tally.js';

/** From a tenth of a millisecond to ten seconds. */
const SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a server counts from its start on. Counting costs additions alone; the text is made when it is asked for. */
export interface ServerMetrics {
  /** @param route The route's pattern, or `unknown`: an address that anybody can make up is no label. */
  answered(method: string, route: string, status: number, seconds: number): void;
  predicted(features: Table, predictions: readonly Prediction[]): void;
  refused(problems: readonly Problem[]): void;
  text(now: Date): string;
}

interface RouteCount {
  readonly labels: { readonly method: string; readonly route: string; readonly status: string };
  readonly seconds: Tally;
}

/** Starts counting. */
export function serverMetrics(
  { name, version, schema, reference, replay, interval }: Bundle,
  loadedAt: Date,
): ServerMetrics {
  const routes = new Map<string, RouteCount>();
  const predictions = tally(predictionBounds(schema.target, replay.predictions));
  const features = featureCounts(schema, reference);
  const problems = new Map<string, { labels: { feature: string; code: string }; value: number }>();
  const known = new Set(schema.features.map((feature) => feature.name));
  return {
    answered(method, route, status, seconds) {
      const key = `${method} ${route} ${status}`;
      let one = routes.get(key);
      if (one === undefined) {
        one = { labels: { method, route, status: String(status) }, seconds: tally(SECONDS) };
        routes.set(key, one);
      }
      count(one.seconds, seconds);
    },
    predicted(table, answers) {
      for (const { value } of answers) count(predictions, value);
      features.observe(table);
    },
    refused(found) {
      for (const { column, code } of found) {
        // A name that anybody can make up is no label.
        const feature = known.has(column) ? column : 'other';
        const key = `${code} ${feature}`;
        const one = problems.get(key) ?? { labels: { feature, code }, value: 0 };
        one.value++;
        problems.set(key, one);
      }
    },
    text(now) {
      const requests = Array.from(routes.values(), ({ labels, seconds }) => ({
        labels,
        value: seconds.counts.reduce((sum, here) => sum + here, 0),
      }));
      return [
        metricFamily('scorecast_requests_total', 'counter', 'Requests that were answered.', requests),
        histogramFamily(
          'scorecast_request_duration_seconds',
          'Time from the request to its answer.',
          Array.from(routes.values(), ({ labels, seconds }) => ({ labels, tally: seconds })),
        ),
        histogramFamily('scorecast_prediction', `Predictions of ${schema.target.label}.`, [{ tally: predictions }]),
        features.text(),
        metricFamily(
          'scorecast_input_problems_total',
          'counter',
          'Values that were refused.',
          Array.from(problems.values()),
        ),
        metricFamily('scorecast_model_info', 'gauge', 'The model that is served; always 1.', [
          { labels: { model: name, version }, value: 1 },
        ]),
        metricFamily('scorecast_model_loaded_timestamp_seconds', 'gauge', 'When the model was loaded.', [
          { value: loadedAt.getTime() / 1000 },
        ]),
        metricFamily('scorecast_model_age_seconds', 'gauge', 'For how long the model has been served.', [
          { value: (now.getTime() - loadedAt.getTime()) / 1000 },
        ]),
        metricFamily('scorecast_interval_level', 'gauge', 'How often intervals promise to hold the true value.', [
          { value: interval.level },
        ]),
        processText(),
      ].join('');
    },
  };
}

/** Ten equal steps over the target's range; where it has none, over what the model gave for its test rows. */
function predictionBounds({ min, max }: Bundle['schema']['target'], replayed: readonly number[]): readonly number[] {
  const low = min ?? Math.min(...replayed);
  const high = max ?? Math.max(...replayed);
  if (!Number.isFinite(high - low) || high <= low) return [];
  return Array.from({ length: 10 }, (_, i) => low + ((high - low) * (i + 1)) / 10);
}
