import { ScorecastError } from '@scorecast/core';
import type { Run, TrackingClient, ViewType } from '@scorecast/track';
import { cliError } from '../cli-error.js';
import { firstOf } from './first-of.js';

/** How many runs an ambiguous id names. */
const NAMED = 5;

/**
 * The run of an id, or of the beginning of one.
 *
 * @param view Among which runs the beginning must be unique.
 * @throws CLI_NO_RUN, CLI_RUN_AMBIGUOUS
 */
export async function findRun(client: TrackingClient, id: string, view: ViewType = 'ALL'): Promise<Run> {
  if (/^[0-9a-f]{32}$/.test(id)) return wholeId(client, id);
  if (!/^[0-9a-f]{1,31}$/.test(id)) throw cliError('CLI_NO_RUN', { id });
  const filter = `attributes.run_id LIKE '${id}%'`;
  const found = await firstOf(client.runs.search({ filter, view, pageSize: NAMED }), NAMED);
  if (found.length === 0) throw cliError('CLI_NO_RUN', { id });
  if (found.length > 1) throw cliError('CLI_RUN_AMBIGUOUS', { id, runs: found.map(({ info }) => info.runId) });
  return found[0];
}

async function wholeId(client: TrackingClient, id: string): Promise<Run> {
  try {
    return await client.runs.get(id);
  } catch (error) {
    const isMissing = error instanceof ScorecastError && error.code === 'RESOURCE_DOES_NOT_EXIST';
    throw isMissing ? cliError('CLI_NO_RUN', { id }, { cause: error }) : error;
  }
}

/** An id as tables show it: its beginning, which {@link findRun} takes too. */
export function shortId(runId: string): string {
  return runId.slice(0, 8);
}
