import { ScorecastError } from '@scorecast/core';
import type { ModelVersion, RegisteredModel, TrackingClient } from '@scorecast/track';
import { cliError } from '../cli-error.js';
import { firstOf } from './first-of.js';

/**
 * The version that somebody names: `exams` and `3`, or `exams@production`.
 *
 * @throws CLI_USAGE where only a model is named, CLI_UNKNOWN_NAME
 */
export async function findVersion(
  client: TrackingClient,
  named: string,
  version: string | undefined,
): Promise<ModelVersion> {
  const at = named.lastIndexOf('@');
  if (at > 0 && version === undefined) return versionAt(client, named.slice(0, at), named.slice(at + 1));
  const model = await findModel(client, named);
  if (version === undefined) {
    const problem = `no version of ${named} was named (expected for example "${named} 1" or "${named}@production")`;
    throw cliError('CLI_USAGE', { problem });
  }
  try {
    return await client.models.getVersion(model.name, version);
  } catch (error) {
    if (!isUnknown(error)) throw error;
    const known = (await firstOf(versionsOf(client, model.name))).map((one) => one.version);
    throw cliError('CLI_UNKNOWN_NAME', { what: `version of ${named}`, name: version, known }, { cause: error });
  }
}

async function versionAt(client: TrackingClient, name: string, alias: string): Promise<ModelVersion> {
  const found = await client.models.findByAlias(name, alias);
  if (found !== undefined) return found;
  const { aliases } = await findModel(client, name);
  throw cliError('CLI_UNKNOWN_NAME', {
    what: `alias of ${name}`,
    name: alias,
    known: aliases.map((one) => one.alias),
  });
}

/** A registered model. @throws CLI_UNKNOWN_NAME */
export async function findModel(client: TrackingClient, name: string): Promise<RegisteredModel> {
  try {
    return await client.models.get(name);
  } catch (error) {
    if (!isUnknown(error)) throw error;
    const known = (await firstOf(client.models.search())).map((model) => model.name);
    throw cliError('CLI_UNKNOWN_NAME', { what: 'model', name, known }, { cause: error });
  }
}

/** All versions of a model, the newest first. */
export function versionsOf(client: TrackingClient, name: string): AsyncGenerator<ModelVersion, void, undefined> {
  const filter = `name = '${name.replaceAll("'", String.raw`\'`)}'`;
  return client.models.searchVersions({ filter, orderBy: ['version_number DESC'] });
}

function isUnknown(error: unknown): boolean {
  const codes = ['RESOURCE_DOES_NOT_EXIST', 'INVALID_PARAMETER_VALUE'];
  return error instanceof ScorecastError && codes.includes(error.code);
}
