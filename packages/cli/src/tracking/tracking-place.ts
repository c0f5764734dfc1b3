import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { userInfo } from 'node:os';
import path from 'node:path';
import type { Command } from 'commander';
import type { ArtifactStore, OpenStore, OpenTracking } from '@scorecast/track';
import { cliError } from '../cli-error.js';
import type { Surroundings } from '../surroundings.js';

/** Where runs and models are kept: the options of every command that works on them. */
export interface TrackingPlace {
  readonly trackingUri?: string;
  readonly artifactRoot?: string;
}

/** The folder in which they are when nothing else is said. */
const DEFAULT_FOLDER = 'scorecast-out';
const DATABASE = 'tracking.db';
const ARTIFACTS = 'artifacts';

/** Gives a command the options that say where runs and models are kept. */
export function withTrackingPlace(command: Command): Command {
  return command
    .option(
      '--tracking-uri <uri>',
      `where runs are kept: a server, a database file or postgresql://...; else MLFLOW_TRACKING_URI, else ${DEFAULT_FOLDER}/${DATABASE}`,
    )
    .option(
      '--artifact-root <uri>',
      `the folder or s3://bucket/prefix with a database's files; else MLFLOW_ARTIFACTS_DESTINATION, else ${DEFAULT_FOLDER}/${ARTIFACTS}`,
    );
}

/** A place with everything filled in: URIs and absolute paths. */
export interface ResolvedPlace {
  readonly uri: string;
  readonly artifactRoot: string;
}

/** @param folder The output folder whose database is meant when nothing else is said, absolute. */
export function resolvePlace(
  place: TrackingPlace,
  { env, directory }: Pick<Surroundings, 'env' | 'directory'>,
  folder = path.resolve(directory, DEFAULT_FOLDER),
): ResolvedPlace {
  const uri = place.trackingUri ?? env['MLFLOW_TRACKING_URI'];
  const root = place.artifactRoot ?? env['MLFLOW_ARTIFACTS_DESTINATION'];
  return {
    uri: uri === undefined ? path.join(folder, DATABASE) : isUri(uri) ? uri : path.resolve(directory, uri),
    artifactRoot:
      root === undefined ? path.join(folder, ARTIFACTS) : isUri(root) ? root : path.resolve(directory, root),
  };
}

/** Opens tracking, a server or a database, through the one client; a database is made where there is none. */
export async function connectTracking(
  { uri, artifactRoot }: ResolvedPlace,
  { env, signal }: Pick<Surroundings, 'env' | 'signal'>,
  limits: { readonly timeoutMs?: number; readonly retries?: number } = {},
): Promise<OpenTracking> {
  const { openTracking } = await import('@scorecast/track');
  await makeFolder(uri);
  return openTracking({ uri, artifactRoot, user: userName(), env, signal, ...limits });
}

/** The same for commands that look at what is there: a database that does not exist is an error. */
export async function connectExisting(place: TrackingPlace, surroundings: Surroundings): Promise<OpenTracking> {
  const resolved = resolvePlace(place, surroundings);
  requireDatabase(resolved.uri);
  return connectTracking(resolved, surroundings);
}

/** Who works here, as audit logs name them. */
export function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers run under numbers without a name.
    return 'unknown';
  }
}

/** An open store with its artifacts. */
export interface Tracking {
  readonly store: OpenStore;
  readonly artifacts: ArtifactStore;
}

/**
 * Opens the database itself.
 *
 * @param missing What is done where there is none: an earlier command should have made it, or it is made now.
 * @throws `CLI_NO_TRACKING` where there is no such database, `CLI_USAGE` for the URL of a server.
 */
export async function openTracking(
  place: TrackingPlace,
  surroundings: Surroundings,
  missing: 'refuse' | 'create' = 'refuse',
): Promise<Tracking> {
  const { uri, artifactRoot } = resolvePlace(place, surroundings);
  if (/^(https?:|databricks\b)/i.test(uri)) {
    const problem = `this command works on the database itself, and ${uri} is a server (name the database that it serves with --tracking-uri)`;
    throw cliError('CLI_USAGE', { problem });
  }
  if (missing === 'refuse') requireDatabase(uri);
  else await makeFolder(uri);
  const { databaseLedger, openArtifactStore, openStore } = await import('@scorecast/track');
  const store = await openStore({ databaseUrl: uri, artifactRoot: 'mlflow-artifacts:/' });
  const ledger = databaseLedger(store.db, store.now);
  return { store, artifacts: openArtifactStore(artifactRoot, { ledger, env: surroundings.env }) };
}

async function makeFolder(uri: string): Promise<void> {
  const file = databaseFile(uri);
  if (file !== undefined) await mkdir(path.dirname(file), { recursive: true });
}

function requireDatabase(uri: string): void {
  const file = databaseFile(uri);
  if (file !== undefined && !existsSync(file)) throw cliError('CLI_NO_TRACKING', { path: file });
}

/** The file of a SQLite database, or undefined for what is no file. */
export function databaseFile(uri: string): string | undefined {
  const file = uri.replace(/^sqlite:\/\/\/([^?]*).*$/, '$1');
  return isUri(file) ? undefined : file;
}

function isUri(place: string): boolean {
  return /^([a-z][a-z0-9+]+:|databricks$)/i.test(place);
}
