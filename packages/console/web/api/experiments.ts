import { field, list, optionalText, text } from './json.js';
import { get } from './request.js';

/** An experiment. */
export interface Experiment {
  readonly id: string;
  readonly name: string;
}

const PAGE = 1000;

/** All experiments that are not deleted, the newest first. */
export async function allExperiments(signal?: AbortSignal): Promise<readonly Experiment[]> {
  const found: Experiment[] = [];
  let token: string | undefined;
  do {
    const answer = await get('mlflow/experiments/search', { max_results: PAGE, page_token: token }, signal);
    found.push(...list(answer, 'experiments', readExperiment));
    token = optionalText(answer, 'next_page_token');
  } while (token !== undefined);
  return found;
}

/** One experiment. */
export async function getExperiment(id: string, signal?: AbortSignal): Promise<Experiment> {
  return readExperiment(field(await get('mlflow/experiments/get', { experiment_id: id }, signal), 'experiment'));
}

function readExperiment(value: unknown): Experiment {
  return { id: text(value, 'experiment_id'), name: text(value, 'name') };
}
