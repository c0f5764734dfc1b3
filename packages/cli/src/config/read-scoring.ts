import { metrics, type JsonReader, type MetricName } from '@scorecast/core';
import type { Floor, ScoringName } from '@scorecast/train';

/** The names of all metrics. */
export const METRIC_NAMES: readonly ScoringName[] = Object.keys(metrics).filter(isMetric);

/** Reads what candidates are chosen by: one metric, or several of which the first counts. */
export function readMetric(reader: JsonReader, value: unknown, path: string): readonly ScoringName[] {
  const items = Array.isArray(value) ? reader.array(value, path) : [value];
  if (items.length === 0) reader.note(path, 'at least one metric');
  return items.map((item, i) => reader.oneOf(item, Array.isArray(value) ? `${path}[${i}]` : path, METRIC_NAMES));
}

/** Reads what the winner must reach. */
export function readFloor(reader: JsonReader, input: unknown, path: string): Floor {
  const value = reader.object(input, path);
  reader.keys(value, path, ['metric', 'limit']);
  return {
    metric: reader.oneOf(value['metric'], `${path}.metric`, METRIC_NAMES),
    limit: reader.number(value['limit'], `${path}.limit`),
  };
}

/** Whether a text names a metric. */
export function isMetric(name: string): name is MetricName {
  return Object.hasOwn(metrics, name);
}
