import { accessTo, type Access } from '../access/access.js';
import { artifactsAt } from '../artifacts/artifacts-at.js';
import { type ArtifactStore } from '../artifacts/artifact-store.js';
import { type RegistryPolicy } from '../registry/policy.js';
import { registryPolicy } from '../registry/rules.js';
import { type Store } from '../store/store.js';
import { type ServerContext } from './server-context.js';

/** How much is logged; each level includes those before it, `silent` is nothing. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/** What a tracking server serves, and how. */
export interface TrackingServerOptions {
  /** Experiments, runs and models. Whoever opened it closes it. */
  readonly store: Store;
  /** The server's own artifacts: what `mlflow-artifacts:/` means. */
  readonly artifacts: ArtifactStore;
  /** Finds the artifacts of a run by their URI. Default: those inside `artifacts`, nothing else. */
  readonly artifactsAt?: (uri: string) => ArtifactStore;
  /** Who may do what. Default: whoever reaches it from this machine may do everything. */
  readonly access?: Access;
  /** What it takes to put a version into production. Default: the rules that the database keeps. */
  readonly policy?: RegistryPolicy;
  /** The folder with the built pages. Default: no pages. */
  readonly console?: string;
  /** Default `info`: one line of JSON per request, without its values. */
  readonly logLevel?: LogLevel;
  /** Where log lines go. Default: standard output. */
  readonly logStream?: { write(line: string): void };
  /** The most requests that one client, by its credential or else its address, may send in a minute. Default: no limit. */
  readonly requestsPerMinute?: number;
  /** The largest JSON body that is read. Default 32 MiB. Files have the limit of the artifact store. */
  readonly bodyLimitBytes?: number;
}

/** What the routes work on, by the options. */
export function contextOf(options: TrackingServerOptions): ServerContext {
  const { store, policy } = options;
  return {
    store,
    artifacts: options.artifacts,
    artifactsAt: options.artifactsAt ?? artifactsAt({ own: options.artifacts }),
    policy: policy === undefined ? () => registryPolicy(store) : () => Promise.resolve(policy),
    access: options.access ?? accessTo(store, { host: '127.0.0.1' }),
  };
}
