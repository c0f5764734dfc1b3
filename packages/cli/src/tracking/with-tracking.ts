import { ScorecastError } from '@scorecast/core';
import type { OpenTracking } from '@scorecast/track';
import { cliError } from '../cli-error.js';
import type { Surroundings } from '../surroundings.js';
import { connectExisting, type TrackingPlace } from './tracking-place.js';

/** Opens the tracking that there is, works with it, and closes it. */
export async function withTracking<Result>(
  place: TrackingPlace,
  surroundings: Surroundings,
  work: (tracking: OpenTracking) => Promise<Result>,
): Promise<Result> {
  const tracking = await connectExisting(place, surroundings);
  try {
    return await work(tracking);
  } finally {
    await tracking.close();
  }
}

/**
 * Does what only Scorecast's registry can, and says so where the server is another one.
 *
 * @param what What such a server lacks: `an audit log`.
 * @throws CLI_NO_REGISTRY
 */
export async function ofRegistry<Result>(uri: string, what: string, work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    if (isForeign(error)) throw cliError('CLI_NO_REGISTRY', { uri, what }, { cause: error });
    throw error;
  }
}

/** Whether an error says that a server does not have Scorecast's registry. */
export function isForeign(error: unknown): boolean {
  return error instanceof ScorecastError && error.code === 'ENDPOINT_NOT_FOUND';
}
