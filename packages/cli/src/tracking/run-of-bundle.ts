import type { Run, TrackingClient } from '@scorecast/track';
import { firstOf } from './first-of.js';

/** The first run that made the bundle of a version, or undefined where the name is none of a bundle. */
export async function runOfBundle(client: TrackingClient, version: string): Promise<Run | undefined> {
  if (!/^[0-9a-f]{12}$/.test(version)) return undefined;
  const filter = `tags.\`scorecast.bundle_version\` = '${version}'`;
  const [run] = await firstOf(client.runs.search({ filter, orderBy: ['attributes.start_time ASC'], pageSize: 1 }), 1);
  return run;
}
