import type { Run } from '../api/runs.js';
import { formatValue } from '../format/number.js';
import { formatDuration, formatTime } from '../format/time.js';
import type { Column } from './column.js';

/** What cells need to know besides their run. */
export interface CellContext {
  /** Unix milliseconds. */
  readonly now: number;
  /** Names by ids. */
  readonly experiments: ReadonlyMap<string, string>;
}

/** What stands in a cell of the list. */
export function cellText(run: Run, { kind, key }: Column, context: CellContext): string {
  switch (kind) {
    case 'metrics':
      return formatValue(run.metrics.get(key)?.value);
    case 'params':
      return run.params.get(key) ?? '';
    case 'attributes':
      return attributeText(run, key, context);
  }
}

/** How long a run took, or has been at work; undefined where that is not known. */
export function durationOf({ startTime, endTime, status }: Run, now: number): number | undefined {
  const end = endTime ?? (status === 'RUNNING' ? now : undefined);
  return startTime === undefined || end === undefined ? undefined : end - startTime;
}

function attributeText(run: Run, key: string, { now, experiments }: CellContext): string {
  switch (key) {
    case 'experiment':
      return experiments.get(run.experimentId) ?? run.experimentId;
    case 'start_time':
      return formatTime(run.startTime);
    case 'duration':
      return formatDuration(durationOf(run, now));
    case 'user_id':
      return run.user;
    default:
      return '';
  }
}
