import { list, number, text } from './json.js';
import { get } from './request.js';

/** One measurement. */
export interface Point {
  readonly step: number;
  readonly value: number;
}

const MAX_POINTS = 1000;

/** What runs measured under a key, by run, in the order of their steps; long histories are sampled evenly. */
export async function historiesOf(
  metric: string,
  runIds: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly Point[]>> {
  const query = { metric_key: metric, run_ids: runIds, max_results: MAX_POINTS };
  const answer = await get('mlflow/metrics/get-history-bulk-interval', query, signal);
  const found = new Map<string, Point[]>(runIds.map((id) => [id, []]));
  for (const { run, ...point } of list(answer, 'metrics', readPoint)) found.get(run)?.push(point);
  return found;
}

function readPoint(value: unknown) {
  return {
    run: text(value, 'run_id'),
    step: number(value, 'step') ?? 0,
    value: number(value, 'value') ?? Number.NaN,
  };
}
