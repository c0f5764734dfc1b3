import { ScorecastError } from '@scorecast/core';
import type { ModelVersion, RegisteredModel, Run } from '@scorecast/track';
import { firstOf } from '../first-of.js';
import { versionsOf } from '../find-version.js';
import { ORIGIN_TAG, originOf, tagsOf, type ImportPlace } from './import-place.js';

/** What became of the versions. */
export interface ImportedVersions {
  readonly copied: number;
  readonly present: number;
}

/**
 * Copies registered models with the versions that copied runs made, and aliases that the target does not have. A version
 * whose files are not known is left out, and named.
 *
 * @param runs By the id of the original: the copy.
 * @param logged The same for logged models, by ids.
 */
export async function importModels(
  place: ImportPlace,
  runs: ReadonlyMap<string, Run>,
  logged: ReadonlyMap<string, string>,
): Promise<ImportedVersions> {
  const counts = { copied: 0, present: 0 };
  for await (const model of place.source.client.models.search()) {
    const versions = (await firstOf(versionsOf(place.source.client, model.name))).toReversed();
    const known = versions.filter(
      ({ runId, source }) => runs.has(runId ?? '') || loggedCopy(source, logged) !== undefined,
    );
    const strangers = versions.filter((version) => (version.runId ?? '') === '' && !known.includes(version));
    for (const { version } of strangers) leaveOut(place, model, version, 'it belongs to no run and no logged model');
    if (known.length === 0) continue;
    await ensureModel(place, model);
    const numbers = await copiedVersions(place, model.name);
    for (const version of known) {
      const origin = originOf(place, `${model.name}/${version.version}`);
      if (numbers.has(origin)) {
        counts.present += 1;
        continue;
      }
      const copy = await copyVersion(place, version, runs, logged, origin);
      if (copy === undefined) continue;
      numbers.set(origin, copy);
      counts.copied += 1;
    }
    await copyAliases(place, model, numbers);
  }
  return counts;
}

async function ensureModel({ target }: ImportPlace, { name, description, tags }: RegisteredModel): Promise<void> {
  await target.client.models.ensure(name);
  if (description !== null && description !== '') await target.client.models.describe(name, description);
  for (const { key, value } of tags) await target.client.models.setTag(name, key, value);
}

/** The numbers of the versions that are copies, by what they were copied from. */
async function copiedVersions({ target }: ImportPlace, name: string): Promise<Map<string, string>> {
  const versions = await firstOf(versionsOf(target.client, name));
  return new Map(
    versions.flatMap(({ version, tags }) => {
      const origin = tagsOf(tags)[ORIGIN_TAG];
      return origin === undefined ? [] : [[origin, version]];
    }),
  );
}

async function copyVersion(
  place: ImportPlace,
  version: ModelVersion,
  runs: ReadonlyMap<string, Run>,
  logged: ReadonlyMap<string, string>,
  origin: string,
): Promise<string | undefined> {
  const copy = runs.get(version.runId ?? '');
  const modelId = loggedCopy(version.source, logged);
  const source = modelId === undefined ? await folderOf(place, version, copy) : `models:/${modelId}`;
  if (source === undefined) {
    leaveOut(place, version, version.version, `its files are at ${version.source ?? 'no place'}, not with its run`);
    return undefined;
  }
  const { version: number } = await place.target.client.models.createVersion(version.name, {
    source,
    ...(modelId === undefined ? {} : { modelId }),
    ...(copy === undefined ? {} : { runId: copy.info.runId }),
    tags: { ...tagsOf(version.tags), [ORIGIN_TAG]: origin },
    ...(version.description === null ? {} : { description: version.description }),
  });
  return number;
}

/** The copy of the logged model that a version was made of. */
function loggedCopy(source: string | null, logged: ReadonlyMap<string, string>): string | undefined {
  return logged.get(/^models:\/(m-[^/]+)$/.exec(source ?? '')?.[1] ?? '');
}

/** Where the version's files are among those of the copied run. */
async function folderOf(
  { source }: ImportPlace,
  version: ModelVersion,
  copy: Run | undefined,
): Promise<string | undefined> {
  if (copy === undefined || version.runId === null) return undefined;
  const { runId, artifactUri } = (await source.client.runs.get(version.runId)).info;
  const beginning = [`runs:/${runId}/`, `${artifactUri ?? ''}/`].find((start) => version.source?.startsWith(start));
  if (beginning === undefined) return undefined;
  return `${copy.info.artifactUri ?? ''}/${version.source?.slice(beginning.length) ?? ''}`;
}

/** An alias that the target has stays where it is; one that its rules refuse is named. */
async function copyAliases(
  place: ImportPlace,
  { name, aliases }: RegisteredModel,
  numbers: ReadonlyMap<string, string>,
): Promise<void> {
  const { models } = place.target.client;
  for (const { alias, version } of aliases) {
    const number = numbers.get(originOf(place, `${name}/${version}`));
    if (number === undefined || (await models.findByAlias(name, alias)) !== undefined) continue;
    try {
      await models.setAlias(name, alias, number);
    } catch (error) {
      if (!(error instanceof ScorecastError)) throw error;
      place.terminal.message('warn', `${name}: the alias ${alias} stays away from version ${number}: ${error.message}`);
    }
  }
}

function leaveOut({ terminal }: ImportPlace, { name }: { readonly name: string }, version: string, why: string): void {
  terminal.message('warn', `${name} version ${version} is left out: ${why}`);
}
