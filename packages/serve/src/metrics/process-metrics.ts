import { performance } from 'node:perf_hooks';
import { metricFamily, type MetricFamily } from './exposition.js';

/** What every Prometheus client says of its process, under the names that dashboards know. */
export function processMetrics(): readonly MetricFamily[] {
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed } = process.memoryUsage();
  return [
    metricFamily('process_cpu_seconds_total', 'counter', 'CPU time of the process.', [
      { value: (user + system) / 1e6 },
    ]),
    metricFamily('process_resident_memory_bytes', 'gauge', 'Memory of the process.', [{ value: rss }], 'sum'),
    metricFamily(
      'process_start_time_seconds',
      'gauge',
      'When the process started.',
      [{ value: performance.timeOrigin / 1000 }],
      'min',
    ),
    metricFamily('nodejs_heap_size_used_bytes', 'gauge', 'Memory in use by JavaScript.', [{ value: heapUsed }], 'sum'),
    metricFamily(
      'nodejs_eventloop_utilization_ratio',
      'gauge',
      'Share of time in which the process was busy, since its start.',
      [{ value: performance.eventLoopUtilization().utilization }],
    ),
  ];
}
