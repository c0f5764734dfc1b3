import { field, list, number, optionalText, pairs, text } from './json.js';
import { get } from './request.js';

/** A version of a registered model. */
export interface ModelVersion {
  readonly name: string;
  readonly version: string;
  /** Unix milliseconds. */
  readonly createdAt: number | undefined;
  readonly user: string;
  readonly description: string;
  readonly runId: string | undefined;
  readonly status: string;
  readonly aliases: readonly string[];
  readonly tags: ReadonlyMap<string, string>;
}

/** A registered model. */
export interface RegisteredModel {
  readonly name: string;
  readonly description: string;
  readonly createdAt: number | undefined;
  readonly updatedAt: number | undefined;
  /** Which version each alias points to. */
  readonly aliases: ReadonlyMap<string, string>;
  /** The number of the newest version, or undefined. */
  readonly newest: string | undefined;
}

const PAGE = 200;

/** All registered models by name; MLflow keeps prompts in the same place, and those are left out. */
export async function allModels(signal?: AbortSignal): Promise<readonly RegisteredModel[]> {
  const found: RegisteredModel[] = [];
  const filter = "tag.`mlflow.prompt.is_prompt` != 'true'";
  let token: string | undefined;
  do {
    const answer = await get(
      'mlflow/registered-models/search',
      { filter, max_results: PAGE, page_token: token },
      signal,
    );
    found.push(...list(answer, 'registered_models', readModel));
    token = optionalText(answer, 'next_page_token');
  } while (token !== undefined);
  return found;
}

/** One model. */
export async function getModel(name: string, signal?: AbortSignal): Promise<RegisteredModel> {
  return readModel(field(await get('mlflow/registered-models/get', { name }, signal), 'registered_model'));
}

/** The versions of a model, the newest first. */
export async function versionsOf(name: string, signal?: AbortSignal): Promise<readonly ModelVersion[]> {
  return searchVersions(`name = ${quoted(name)}`, signal);
}

/** The versions that runs made. */
export async function versionsOfRuns(
  runIds: readonly string[],
  signal?: AbortSignal,
): Promise<readonly ModelVersion[]> {
  const ids = runIds.map(quoted).join(', ');
  return runIds.length === 0 ? [] : searchVersions(`run_id IN (${ids})`, signal);
}

async function searchVersions(filter: string, signal?: AbortSignal): Promise<readonly ModelVersion[]> {
  const answer = await get('mlflow/model-versions/search', { filter, max_results: 1000 }, signal);
  const versions = [...list(answer, 'model_versions', readVersion)];
  return versions.sort((a, b) => a.name.localeCompare(b.name) || Number(b.version) - Number(a.version));
}

/** Names of models and ids of runs hold no quotes. */
function quoted(value: string): string {
  return `'${value}'`;
}

function readModel(value: unknown): RegisteredModel {
  const numbers = list(value, 'latest_versions', (version) => Number(text(version, 'version')));
  return {
    name: text(value, 'name'),
    description: text(value, 'description'),
    createdAt: number(value, 'creation_timestamp'),
    updatedAt: number(value, 'last_updated_timestamp'),
    aliases: new Map(list(value, 'aliases', (item) => [text(item, 'alias'), text(item, 'version')] as const)),
    newest: numbers.length === 0 ? undefined : String(Math.max(...numbers)),
  };
}

function readVersion(value: unknown): ModelVersion {
  const aliases = field(value, 'aliases');
  return {
    name: text(value, 'name'),
    version: text(value, 'version'),
    createdAt: number(value, 'creation_timestamp'),
    user: text(value, 'user_id'),
    description: text(value, 'description'),
    runId: optionalText(value, 'run_id'),
    status: text(value, 'status'),
    aliases: Array.isArray(aliases) ? aliases.map(String) : [],
    tags: pairs(value, 'tags'),
  };
}
