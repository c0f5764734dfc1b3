import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Command } from 'commander';
import type { ArtifactStore, OpenStore } from '@scorecast/track';
import { cliError } from '../cli-error.js';
import type { Surroundings } from '../surroundings.js';

/** Where runs and models are kept: the options of every command that works on them. */
export interface TrackingPlace {
  readonly trackingUri?: string;
  readonly artifactRoot?: string;
}

/** Where they are when nothing else is said. */
const DEFAULT_DATABASE = path.join('scorecast-out', 'tracking.db');
const DEFAULT_ARTIFACTS = path.join('scorecast-out', 'artifacts');

/** Gives a command the options that say where runs and models are kept. */
export function withTrackingPlace(command: Command): Command {
  return command
    .option(
      '--tracking-uri <database>',
      `the database with the runs, a file or postgresql://...; else MLFLOW_TRACKING_URI, else ${DEFAULT_DATABASE}`,
    )
    .option(
      '--artifact-root <uri>',
      `the folder or s3://bucket/prefix with their files; else MLFLOW_ARTIFACTS_DESTINATION, else ${DEFAULT_ARTIFACTS}`,
    );
}

/** An open store with its artifacts. */
export interface Tracking {
  readonly store: OpenStore;
  readonly artifacts: ArtifactStore;
}

/**
 * Opens what an earlier command made.
 *
 * @throws `CLI_NO_TRACKING` where there is no such database, `CLI_USAGE` for the URL of a server.
 */
export async function openTracking(place: TrackingPlace, { env, directory }: Surroundings): Promise<Tracking> {
  const database = place.trackingUri ?? env['MLFLOW_TRACKING_URI'] ?? DEFAULT_DATABASE;
  const artifactRoot = place.artifactRoot ?? env['MLFLOW_ARTIFACTS_DESTINATION'] ?? DEFAULT_ARTIFACTS;
  if (/^https?:/i.test(database)) {
    const problem = `this command works on the database itself, and ${database} is a server (name the database that it serves with --tracking-uri)`;
    throw cliError('CLI_USAGE', { problem });
  }
  const databaseUrl = isUrl(database) ? database : path.resolve(directory, database);
  const file = databaseUrl.replace(/^sqlite:\/\/\/([^?]*).*$/, '$1');
  if (!isUrl(file) && !existsSync(file)) throw cliError('CLI_NO_TRACKING', { path: database });
  const { databaseLedger, openArtifactStore, openStore } = await import('@scorecast/track');
  const store = await openStore({ databaseUrl, artifactRoot: 'mlflow-artifacts:/' });
  const root = isUrl(artifactRoot) ? artifactRoot : path.resolve(directory, artifactRoot);
  return { store, artifacts: openArtifactStore(root, { ledger: databaseLedger(store.db, store.now), env }) };
}

function isUrl(place: string): boolean {
  return /^[a-z][a-z0-9+]+:/i.test(place);
}
