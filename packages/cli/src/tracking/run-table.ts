import type { Run } from '@scorecast/track';
import { metricText } from '../terminal/metric-text.js';
import { textTable, type TextColumn } from '../terminal/text-table.js';
import { durationText, timeText } from '../terminal/time-text.js';
import { shortId } from './find-run.js';

/** Metrics of Scorecast's trainings that say most. */
const PREFERRED = ['cv_r2', 'test_r2', 'cv_mae', 'test_mae'];
/** As many as fit beside the rest. */
const SHOWN = 4;

/**
 * Runs as a table.
 *
 * @param experiments Names by id; a column of them where the runs belong to several.
 * @param metrics The metrics to show; by default those of Scorecast's trainings, else the first ones.
 */
export function runTable(
  runs: readonly Run[],
  experiments: ReadonlyMap<string, string>,
  metrics: readonly string[] = metricsOf(runs),
): string {
  const isMixed = new Set(runs.map(({ info }) => info.experimentId)).size > 1;
  const left = (heading: string): TextColumn => ({ heading, align: 'left' });
  const right = (heading: string): TextColumn => ({ heading, align: 'right' });
  const columns = [
    left('run'),
    left('name'),
    ...(isMixed ? [left('experiment')] : []),
    left('status'),
    left('started (UTC)'),
    right('took'),
    ...metrics.map(right),
  ];
  const rows = runs.map(({ info, data }) => {
    const { runId, runName, experimentId, status, startTime, endTime, lifecycleStage } = info;
    const values = new Map(data.metrics.map(({ key, value }) => [key, value]));
    return [
      shortId(runId),
      runName ?? '',
      ...(isMixed ? [experiments.get(experimentId) ?? experimentId] : []),
      lifecycleStage === 'deleted' ? `${status}, deleted` : status,
      timeText(startTime),
      startTime === null || endTime === null ? '' : durationText(endTime - startTime),
      ...metrics.map((key) => cell(values.get(key))),
    ];
  });
  return textTable(columns, rows);
}

function metricsOf(runs: readonly Run[]): readonly string[] {
  const keys = [...new Set(runs.flatMap(({ data }) => data.metrics.map(({ key }) => key)))];
  const preferred = PREFERRED.filter((key) => keys.includes(key));
  return preferred.length > 0 ? preferred : keys.sort().slice(0, SHOWN);
}

function cell(value: number | undefined): string {
  return value === undefined ? '' : metricText(value);
}
