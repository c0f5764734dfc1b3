import { connectionFromEnvironment } from './server-address.js';
import { openEmbedded } from './open-embedded.js';
import { trackingClient } from '../client/tracking-client.js';
import type { OpenTracking, TrackingPlace } from './tracking-place.js';

/**
 * Opens the tracking at a place. A server is not asked anything yet; a database is opened, and made where there is none.
 *
 * @throws TRACK_DATABASE_URL, TRACK_DATABASE_OPEN, TRACK_SCHEMA_REVISION, TRACK_SCHEMA_NEWER, INVALID_PARAMETER_VALUE
 */
export async function openTracking(place: TrackingPlace): Promise<OpenTracking> {
  const address = connectionFromEnvironment(place.uri, place.env);
  if (address === undefined) return openEmbedded(place);
  const { timeoutMs, retries, signal } = place;
  const client = trackingClient({
    ...address,
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(retries === undefined ? {} : { retries }),
    ...(signal === undefined ? {} : { signal }),
  });
  return { uri: address.url, client, close: () => Promise.resolve() };
}
