import type { Run } from '@scorecast/track';
import { metricText } from '../terminal/metric-text.js';
import { textTable } from '../terminal/text-table.js';
import { bestPlaces } from './better-metric.js';
import { shortId } from './find-run.js';

/** Runs side by side: every list of values is in the order of `runs`. */
export interface RunComparison {
  readonly runs: readonly { readonly runId: string; readonly runName: string | null }[];
  /** null where a run has no such param. */
  readonly params: readonly { readonly key: string; readonly values: readonly (string | null)[] }[];
  readonly metrics: readonly {
    readonly key: string;
    readonly values: readonly (number | null)[];
    /** The places of the best values; none where the key does not tell what is better. */
    readonly best: readonly number[];
  }[];
}

/** Compares runs: params that differ, or all of them, and the latest value of every metric but those of single folds. */
export function compareRuns(runs: readonly Run[], which: 'differing' | 'all'): RunComparison {
  const params = valuesByKey(runs.map(({ data }) => data.params));
  const metrics = valuesByKey(runs.map(({ data }) => data.metrics.filter(({ key }) => !key.startsWith('fold_'))));
  return {
    runs: runs.map(({ info }) => ({ runId: info.runId, runName: info.runName })),
    params: which === 'all' ? params : params.filter(({ values }) => new Set(values).size > 1),
    metrics: metrics.map(({ key, values }) => ({ key, values, best: bestPlaces(key, values) })),
  };
}

/** A comparison as a table; `*` marks the better value. */
export function comparisonTable({ runs, params, metrics }: RunComparison): string {
  const columns = [
    { heading: '', align: 'left' } as const,
    ...runs.map(({ runId }) => ({ heading: `${shortId(runId)}  `, align: 'right' }) as const),
  ];
  const blank = runs.map(() => '');
  const rows = [
    ['name', ...runs.map(({ runName }) => `${runName ?? ''}  `)],
    ['params', ...blank],
    ...params.map(({ key, values }) => [
      `  ${key}`,
      ...values.map((value) => `${value === null ? '-' : shortened(value)}  `),
    ]),
    ['metrics', ...blank],
    ...metrics.map(({ key, values, best }) => [
      `  ${key}`,
      ...values.map(
        (value, place) => `${value === null ? '-' : metricText(value)} ${best.includes(place) ? '*' : ' '}`,
      ),
    ]),
  ];
  return textTable(columns, rows);
}

/** Longer params would push the other runs off the screen; `--json` has them whole. */
const PARAM_LENGTH = 30;

function shortened(text: string): string {
  return text.length > PARAM_LENGTH ? `${text.slice(0, PARAM_LENGTH - 3)}...` : text;
}

interface Row<Value> {
  readonly key: string;
  readonly values: readonly (Value | null)[];
}

function valuesByKey<Value>(
  lists: readonly (readonly { readonly key: string; readonly value: Value }[])[],
): readonly Row<Value>[] {
  const maps = lists.map((list) => new Map(list.map(({ key, value }) => [key, value])));
  const keys = [...new Set(lists.flatMap((list) => list.map(({ key }) => key)))].sort();
  return keys.map((key) => ({ key, values: maps.map((map) => map.get(key) ?? null) }));
}
