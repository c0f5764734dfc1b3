import { loadBundle, ScorecastError, type Bundle } from '@scorecast/core';
import type { ModelVersion, TrackingClient } from '@scorecast/track';
import type { ClientMove } from '@scorecast/track/client';
import { isForeign } from './with-tracking.js';
import { BUNDLE_FILE, MODEL_FOLDER } from './training-record.js';

/** The alias of the version that is served. */
export const PRODUCTION = 'production';

/** Which version of a model is in production after a training. */
export interface Production {
  /** undefined where none is. */
  readonly version: string | undefined;
  /** Why the trained version did not get there, where it was to. */
  readonly refusal?: ScorecastError;
  /** Whether the alias was set by an MLflow server, which asks for nothing. */
  readonly isUnruled?: boolean;
}

/**
 * Puts a new version into production if it is the first one, or if that was asked for; the registry's rules hold for both.
 *
 * @param reason Why, where it was asked for.
 */
export async function settleProduction(
  client: TrackingClient,
  { name, version }: Pick<ModelVersion, 'name' | 'version'>,
  reason: string | undefined,
): Promise<Production> {
  const present = await client.models.findByAlias(name, PRODUCTION);
  if (present !== undefined && reason === undefined) return { version: present.version };
  try {
    const { isRuled } = await promote(client, {
      name,
      version,
      alias: PRODUCTION,
      reason: reason ?? 'the first version, put into production by its training',
    });
    return { version, ...(isRuled ? {} : { isUnruled: true }) };
  } catch (error) {
    if (!(error instanceof ScorecastError)) throw error;
    return { version: present?.version, refusal: error };
  }
}

/** How an alias was moved, and whether by the rules of Scorecast's registry. */
export type Promoted = ClientMove & { readonly isRuled: boolean };

/** What is said where an alias was moved by no rules. */
export function unruledText(uri: string): string {
  return `${uri} only set the alias: it has no gates, no approval and no audit log, so none were asked or written`;
}

/** Moves an alias by the rules of Scorecast's registry; servers of MLflow have none and only set it. */
export async function promote(
  client: TrackingClient,
  move: { readonly name: string; readonly version: string; readonly alias: string; readonly reason: string },
): Promise<Promoted> {
  try {
    return { ...(await client.registry.promote(move)), isRuled: true };
  } catch (error) {
    if (!isForeign(error)) throw error;
    const { name, version, alias } = move;
    const present = await client.models.findByAlias(name, alias);
    await client.models.setAlias(name, alias, version);
    return { from: present?.version ?? null, to: version, gates: [], isRuled: false };
  }
}

/** The bundle of a version. */
export async function bundleOf(client: TrackingClient, { name, version }: ModelVersion): Promise<Bundle> {
  const file = BUNDLE_FILE.slice(MODEL_FOLDER.length + 1);
  return loadBundle(new TextDecoder().decode(await client.models.readFile(name, version, file)));
}

/** The bundle that is in production, or undefined. */
export async function productionBundle(client: TrackingClient, name: string): Promise<Bundle | undefined> {
  const version = await client.models.findByAlias(name, PRODUCTION);
  return version === undefined ? undefined : bundleOf(client, version);
}
