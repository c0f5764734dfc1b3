import { posix } from 'node:path';
import { trackError } from '../track-error.js';

/** Slashes, letters and digits of any script, underscores, dots, dashes, spaces and colons. */
const NAME = /^[/\p{L}\p{N}_.\- :]*$/u;
const RUN_ID = /^[a-zA-Z0-9][\p{L}\p{N}_-]{0,255}$/u;

const NAME_LETTERS =
  'Names may only contain alphanumerics, underscores (_), dashes (-), periods (.), spaces ( ), colon(:) and slashes (/).';

/** The longest key of a metric, param or tag, in characters. */
export const MAX_KEY_LENGTH = 250;

/** An INVALID_PARAMETER_VALUE. */
export function invalid(message: string): Error {
  return trackError('INVALID_PARAMETER_VALUE', { message });
}

/** The message for a value that cannot be used, as MLflow words it. */
export function invalidValue(path: string, value: unknown, reason?: string): string {
  return `Invalid value ${JSON.stringify(value)} for parameter '${path}' supplied${reason === undefined ? '.' : `: ${reason}`}`;
}

/** Refuses a key that is not a plain name, or that would be another one as a path. */
export function checkName(name: string, path: string): void {
  if (!NAME.test(name)) throw invalid(invalidValue(path, name, NAME_LETTERS));
  const normal = normalPath(name);
  if (normal !== name || normal === '.' || normal.startsWith('..') || normal.startsWith('/')) {
    const reason =
      'Names may be treated as files in certain cases, and must not resolve to other names when treated as such. ' +
      `This name would resolve to '${normal}'`;
    throw invalid(invalidValue(path, name, reason));
  }
}

/** Refuses a text of more characters than fit. */
export function checkLength(what: string, text: string, limit: number): void {
  if (text.length > limit && [...text].length > limit) {
    throw invalid(`'${what}' exceeds the maximum length of ${limit} characters`);
  }
}

/** The first characters of a text, as many as fit. */
export function truncate(text: string, limit: number): string {
  return text.length <= limit ? text : [...text].slice(0, limit).join('');
}

/** Refuses what cannot be a run's id. */
export function checkRunId(runId: string): void {
  if (!RUN_ID.test(runId)) throw invalid(invalidValue('run_id', runId));
}

/** Refuses a number of results that a search does not give. */
export function checkMaxResults(maxResults: number, limit: number): void {
  if (!Number.isInteger(maxResults) || maxResults < 1) {
    throw invalid(
      `Invalid value ${JSON.stringify(maxResults)} for parameter 'max_results' supplied. It must be a positive integer`,
    );
  }
  if (maxResults > limit) {
    throw invalid(
      `Invalid value ${maxResults} for parameter 'max_results' supplied. It must be at most ${limit}, but got value ${maxResults}`,
    );
  }
}

/** The path as a file system would read it; like Python's, without a slash at the end. */
function normalPath(name: string): string {
  const normal = posix.normalize(name);
  return normal.length > 1 && normal.endsWith('/') ? normal.slice(0, -1) : normal;
}
