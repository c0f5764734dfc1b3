import type { Experiment } from '../store/experiment.js';
import type { ViewType } from '../store/lifecycle.js';
import { api } from './api.js';
import type { Connection } from './connection.js';
import { isCode } from './is-code.js';
import { fieldsOf, textOf } from './read-answer.js';
import { readExperiment } from './read-entities.js';
import { searchFields, searchPages, type SearchOptions } from './search-pages.js';

/** What can be done to experiments. */
export interface ExperimentVerbs {
  /** Creates one and gives its id, or fails with `RESOURCE_ALREADY_EXISTS`. */
  create(
    name: string,
    options?: { artifactLocation?: string; tags?: Readonly<Record<string, string>> },
  ): Promise<string>;
  /** The id of the experiment of this name, which is created where there is none. */
  ensure(name: string): Promise<string>;
  get(experimentId: string): Promise<Experiment>;
  /** The experiment of this name, or undefined. */
  find(name: string): Promise<Experiment | undefined>;
  search(options?: SearchOptions & { view?: ViewType }): AsyncGenerator<Experiment, void, undefined>;
  rename(experimentId: string, name: string): Promise<void>;
  setTag(experimentId: string, key: string, value: string): Promise<void>;
  /** Marks it and its runs as deleted; {@link ExperimentVerbs.restore} brings them back. */
  delete(experimentId: string): Promise<void>;
  restore(experimentId: string): Promise<void>;
}

/** The verbs for experiments over one connection. */
export function experimentVerbs(connection: Connection): ExperimentVerbs {
  const post = async (verb: string, json: object) =>
    fieldsOf(await connection.json({ method: 'POST', path: api(`experiments/${verb}`), json }));
  const tell = (verb: string, json: object) =>
    connection.tell({ method: 'POST', path: api(`experiments/${verb}`), json });
  const find = (name: string) =>
    connection
      .json({ method: 'GET', path: api('experiments/get-by-name'), query: { experiment_name: name } })
      .then((answer) => readExperiment(fieldsOf(answer)['experiment']), undefinedWhereMissing);
  const verbs: ExperimentVerbs = {
    async create(name, { artifactLocation, tags = {} } = {}) {
      const list = Object.entries(tags).map(([key, value]) => ({ key, value }));
      const json = {
        name,
        tags: list,
        ...(artifactLocation === undefined ? {} : { artifact_location: artifactLocation }),
      };
      return textOf((await post('create', json))['experiment_id']);
    },
    async ensure(name) {
      const found = await find(name);
      if (found !== undefined) return found.experimentId;
      return verbs.create(name).catch(async (error: unknown) => {
        // Another program may have created it in between.
        const other = isCode(error, 'RESOURCE_ALREADY_EXISTS') ? await find(name) : undefined;
        if (other === undefined) throw error;
        return other.experimentId;
      });
    },
    async get(experimentId) {
      const query = { experiment_id: experimentId };
      const answer = await connection.json({ method: 'GET', path: api('experiments/get'), query });
      return readExperiment(fieldsOf(answer)['experiment']);
    },
    find,
    search({ view = 'ACTIVE_ONLY', ...options } = {}) {
      return searchPages(
        connection,
        (pageToken) => ({
          method: 'POST',
          path: api('experiments/search'),
          json: { ...searchFields(options, pageToken), view_type: view },
        }),
        'experiments',
        readExperiment,
      );
    },
    rename: (experimentId, name) => tell('update', { experiment_id: experimentId, new_name: name }),
    setTag: (experimentId, key, value) => tell('set-experiment-tag', { experiment_id: experimentId, key, value }),
    delete: (experimentId) => tell('delete', { experiment_id: experimentId }),
    restore: (experimentId) => tell('restore', { experiment_id: experimentId }),
  };
  return verbs;
}

function undefinedWhereMissing(error: unknown): undefined {
  if (isCode(error, 'RESOURCE_DOES_NOT_EXIST')) return undefined;
  throw error;
}
