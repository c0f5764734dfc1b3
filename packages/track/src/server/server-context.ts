import { type FastifyRequest } from 'fastify';
import { type Access } from '../access/access.js';
import { type Identity, type Role } from '../access/role.js';
import { type ArtifactStore } from '../artifacts/artifact-store.js';
import { type RegistryPolicy } from '../registry/policy.js';
import { type Store } from '../store/store.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: set by {@link guard} before a route is entered. */
    identity: Identity | undefined;
  }
}

/** What the routes work on. */
export interface ServerContext {
  readonly store: Store;
  /** The server's own artifacts: what `mlflow-artifacts:/` means. */
  readonly artifacts: ArtifactStore;
  /** Finds the artifacts of a run or model by their URI. */
  readonly artifactsAt: (uri: string) => ArtifactStore;
  readonly access: Access;
  /** What it takes to put a version into production, as it is at this moment. */
  readonly policy: () => Promise<RegistryPolicy>;
}

/** A hook that lets a request pass when its sender has a role, before the body is read. */
export function guard({ access }: ServerContext, role: Role): (request: FastifyRequest) => Promise<void> {
  return async (request) => {
    request.identity = await access.authorise(request, role);
  };
}
