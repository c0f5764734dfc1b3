import type { FastifyInstance } from 'fastify';
import type { Access } from '../access/access.js';
import { databaseLedger } from '../artifacts/database-ledger.js';
import { openArtifactStore } from '../artifacts/open-artifact-store.js';
import { trackingClient } from '../client/tracking-client.js';
import { createTrackingServer } from '../server/create-tracking-server.js';
import { openStore } from '../store/open-store.js';
import type { OpenTracking, TrackingPlace } from './tracking-place.js';

/**
 * Opens a database by a server of its own that listens nowhere: what a program does to a database obeys the same rules,
 * word for word, as what it does to a server.
 */
export async function openEmbedded(place: Omit<TrackingPlace, 'timeoutMs' | 'retries'>): Promise<OpenTracking> {
  const { uri, artifactRoot, user, env, signal } = place;
  const store = await openStore({ databaseUrl: uri, artifactRoot: 'mlflow-artifacts:/' });
  const access: Access = {
    isOpen: true,
    authorise: () => Promise.resolve({ subject: user, role: 'admin', via: 'open' }),
  };
  const artifacts = openArtifactStore(artifactRoot, { ledger: databaseLedger(store.db, store.now), env });
  const app = await createTrackingServer({ store, artifacts, access, logLevel: 'silent' });
  const client = trackingClient({
    url: 'http://embedded',
    fetch: fetchFrom(app),
    retries: 0,
    ...(signal === undefined ? {} : { signal }),
  });
  return {
    uri: uri.replace(/\/\/[^@/]*@/, '//'),
    client,
    async close() {
      await app.close();
      await store.close();
    },
  };
}

/** A `fetch` that asks a server in this process. */
function fetchFrom(app: FastifyInstance): typeof globalThis.fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const { pathname, search } = new URL(request.url);
    const answer = await app.inject({
      method: methodOf(request.method),
      url: `${pathname}${search}`,
      headers: { ...Object.fromEntries(request.headers), host: 'localhost' },
      payload: Buffer.from(await request.arrayBuffer()),
    });
    const headers = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
    return new Response(new Uint8Array(answer.rawPayload), { status: answer.statusCode, headers });
  };
}

function methodOf(method: string): 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE' {
  const methods = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;
  return methods.find((one) => one === method) ?? 'GET';
}
