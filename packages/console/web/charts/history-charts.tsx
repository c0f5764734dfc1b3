import { useMemo, useState } from 'preact/hooks';
import { historiesOf } from '../api/histories.js';
import type { Run } from '../api/runs.js';
import { Loaded } from '../parts/notice.js';
import { useResource } from '../parts/use-resource.js';
import { byImportance } from '../runs/column.js';
import { HistoryChart } from './history-chart.js';

/** Charts drawn before somebody asks for all of them. */
const FIRST = 6;

/** A chart of every metric that some runs measured more than once. */
export function HistoryCharts({ runs }: { runs: readonly Run[] }) {
  const [areAll, setAll] = useState(false);
  const metrics = byImportance(metricsWithHistory(runs));
  if (metrics.length === 0) return null;
  const shown = areAll ? metrics : metrics.slice(0, FIRST);
  return (
    <section class="histories" aria-labelledby="histories">
      <h2 id="histories">Histories</h2>
      {shown.map((metric) => (
        <MetricHistory key={metric} metric={metric} runs={runs} />
      ))}
      {shown.length < metrics.length && (
        <button type="button" class="quiet" onClick={() => setAll(true)}>
          Show all {metrics.length} charts
        </button>
      )}
    </section>
  );
}

function MetricHistory({ metric, runs }: { metric: string; runs: readonly Run[] }) {
  const measured = runs.filter((run) => run.metrics.has(metric));
  const latest = measured.map(({ id, metrics }) => [id, metrics.get(metric)?.step]);
  const histories = useResource(
    (signal) =>
      historiesOf(
        metric,
        measured.map(({ id }) => id),
        signal,
      ),
    [metric, JSON.stringify(latest)],
  );
  const { value } = histories;
  const series = useMemo(
    () => measured.map(({ id, name }) => ({ name, points: value?.get(id) ?? [] })),
    [value, JSON.stringify(latest)],
  );
  return (
    <Loaded resource={histories} what={metric}>
      {() => <HistoryChart metric={metric} series={series} />}
    </Loaded>
  );
}

/** Metrics with a step of their own; one that was only ever measured once has step 0. */
function metricsWithHistory(runs: readonly Run[]): readonly string[] {
  const found = new Set<string>();
  for (const { metrics } of runs) for (const [key, { step }] of metrics) if (step > 0) found.add(key);
  return [...found];
}
