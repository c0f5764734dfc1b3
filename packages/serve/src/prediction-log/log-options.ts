import { serveError } from '../serve-error.js';
import type { Settings } from '../settings/settings.js';
import type { LogInputs } from './logged-inputs.js';
import type { Retention } from './prediction-sink.js';

/** The settings of a server that are about its log of predictions. */
export type LogSettings = Pick<
  Settings,
  'logPredictions' | 'logInputs' | 'logKey' | 'logIdentifiers' | 'logKeepDays' | 'logKeepBytes'
>;

/** Where and how predictions are recorded. */
export interface LogOptions extends Retention {
  /** A folder, or the URL of a database. */
  readonly place: string;
  readonly inputs: LogInputs;
  /** The secret under which inputs are hashed. */
  readonly key: string;
  readonly identifiers: boolean;
}

const KEY_LENGTH = 32;

/**
 * What the settings say of the log; undefined where there is none.
 *
 * @throws SERVE_OPTION where inputs are to be hashed without a good key.
 */
export function logOptions(settings: LogSettings): LogOptions | undefined {
  const { logPredictions: place, logInputs: inputs, logKey: key = '', logIdentifiers: identifiers } = settings;
  if (place === 'none') return undefined;
  if (inputs === 'hashed' && key.length < KEY_LENGTH) {
    // The key itself must not be repeated.
    const value = key === '' ? 'missing' : 'too short';
    const expected = `a secret of at least ${KEY_LENGTH} characters in SCORECAST_LOG_KEY, under which inputs are hashed`;
    throw serveError('SERVE_OPTION', { option: 'logKey', value, expected });
  }
  const [keepDays, keepBytes] = [endless(settings.logKeepDays), endless(settings.logKeepBytes)];
  return { place, inputs, key, identifiers, keepDays, keepBytes };
}

/** Whether a place is the URL of a database and no folder. */
export function isDatabase(place: string): boolean {
  return /^[a-z][a-z\d+]*:\/\//i.test(place);
}

function endless(limit: number): number {
  return limit === 0 ? Infinity : limit;
}
