import type { Run } from '../api/runs.js';
import { formatValue } from '../format/number.js';
import { formatDuration, formatTime } from '../format/time.js';
import type { Column } from './column.js';

/** What stands in a cell of the list. */
export function cellText(run: Run, { kind, key }: Column, now: number): string {
  switch (kind) {
    case 'metrics':
      return formatValue(run.metrics.get(key)?.value);
    case 'params':
      return run.params.get(key) ?? '';
    case 'attributes':
      return attributeText(run, key, now);
  }
}

/** How long a run took, or has been at work; undefined where that is not known. */
export function durationOf({ startTime, endTime, status }: Run, now: number): number | undefined {
  const end = endTime ?? (status === 'RUNNING' ? now : undefined);
  return startTime === undefined || end === undefined ? undefined : end - startTime;
}

function attributeText(run: Run, key: string, now: number): string {
  switch (key) {
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
