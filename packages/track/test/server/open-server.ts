import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FastifyInstance } from 'fastify';
import { openArtifactStore } from '../../src/artifacts/open-artifact-store.js';
import { createTrackingServer } from '../../src/server/create-tracking-server.js';
import { type TrackingServerOptions } from '../../src/server/server-options.js';
import { openStore, type OpenStore } from '../../src/store/open-store.js';

/** A server over an empty store in a folder of its own. */
export interface ServerInTest {
  readonly app: FastifyInstance;
  readonly store: OpenStore;
  readonly folder: string;
  close(): Promise<void>;
}

/** Opens a server whose clock moves on by a millisecond at each look, so that no two times are equal. */
export async function openServer(options: Partial<TrackingServerOptions> = {}): Promise<ServerInTest> {
  const folder = await mkdtemp(join(tmpdir(), 'scorecast-server-'));
  let clock = 1_800_000_000_000;
  const now = () => clock++;
  const store = await openStore({ databaseUrl: join(folder, 'runs.db'), artifactRoot: 'mlflow-artifacts:/', now });
  const artifacts = openArtifactStore(join(folder, 'artifacts'));
  const app = await createTrackingServer({ store, artifacts, logLevel: 'silent', ...options });
  return {
    app,
    store,
    folder,
    close: async () => {
      await app.close();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
