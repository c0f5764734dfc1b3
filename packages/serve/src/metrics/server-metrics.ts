import type { Bundle } from '@scorecast/core';
import { histogramFamily, metricFamily, type MetricFamily } from './exposition.js';
import { keptCounts } from './kept-counts.js';
import { modelCounts, type ModelCounts } from './model-counts.js';
import { processMetrics } from './process-metrics.js';
import { count, tally, type Tally } from './tally.js';

/** From a tenth of a millisecond to ten seconds. */
const SECONDS = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What a server counts from its start on. Counting costs additions alone; the text is made when it is asked for. */
export interface ServerMetrics {
  /** @param route The route's pattern, or `unknown`: an address that anybody can make up is no label. */
  answered(method: string, route: string, status: number, seconds: number): void;
  /** The counts of a model that is served from now on; those that it shares with the earlier ones go on. */
  forModel(bundle: Bundle, loadedAt: Date): ModelCounts;
  /** Adds what another part counts: it is asked for its metrics whenever they are read. */
  add(source: () => readonly MetricFamily[]): void;
  /** Everything, as it is now, with the counts of the model that is served. */
  families(now: Date, model: ModelCounts): readonly MetricFamily[];
}

interface RouteCount {
  readonly labels: { readonly method: string; readonly route: string; readonly status: string };
  readonly seconds: Tally;
}

/** Starts counting. */
export function serverMetrics(): ServerMetrics {
  const routes = new Map<string, RouteCount>();
  const kept = keptCounts();
  const sources: (() => readonly MetricFamily[])[] = [];
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
    forModel: (bundle, loadedAt) => modelCounts(bundle, loadedAt, kept),
    add: (source) => void sources.push(source),
    families: (now, model) => [
      ...routeFamilies(Array.from(routes.values())),
      ...model.families(now),
      ...sources.flatMap((source) => source()),
      ...processMetrics(),
    ],
  };
}

function routeFamilies(routes: readonly RouteCount[]): readonly MetricFamily[] {
  const requests = routes.map(({ labels, seconds }) => ({
    labels,
    value: seconds.counts.reduce((sum, here) => sum + here, 0),
  }));
  return [
    metricFamily('scorecast_requests_total', 'counter', 'Requests that were answered.', requests),
    histogramFamily(
      'scorecast_request_duration_seconds',
      'Time from the request to its answer.',
      routes.map(({ labels, seconds }) => ({ labels, tally: seconds })),
    ),
  ];
}
