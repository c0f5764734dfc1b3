import { predictionLogError } from './log-error.js';
import { isDatabase } from './log-options.js';
import { JsonLinesFolder } from './json-lines/json-lines-folder.js';
import type { PredictionSink, Retention } from './prediction-sink.js';

/** What comes with another package, since most services need neither it nor its drivers. */
const ADD_ON = '@scorecast/prediction-store';

/** What the add-on exports. */
interface AddOn {
  openPredictionStore(
    this: void,
    settings: Retention & { readonly url: string; readonly now: () => number },
  ): PredictionSink;
}

/**
 * Opens the place of a log, without touching it: what cannot be reached now may be there later.
 *
 * @param now Milliseconds since 1970.
 * @throws SERVE_LOG_ADD_ON for a database without the add-on; what the add-on throws for a URL that it cannot read.
 */
export async function openSink(place: string, retention: Retention, now: () => number): Promise<PredictionSink> {
  const settings = { keepDays: retention.keepDays, keepBytes: retention.keepBytes, now };
  if (!isDatabase(place)) return new JsonLinesFolder(place, settings);
  const { openPredictionStore } = await loadAddOn(place);
  return openPredictionStore({ ...settings, url: place });
}

async function loadAddOn(place: string): Promise<AddOn> {
  const fail = (cause: unknown) =>
    predictionLogError('SERVE_LOG_ADD_ON', { place: withoutPassword(place), addOn: ADD_ON }, { cause });
  const addOn: unknown = await import(ADD_ON).catch((cause: unknown) => {
    throw fail(cause);
  });
  if (!isAddOn(addOn)) throw fail(undefined);
  return addOn;
}

function isAddOn(value: unknown): value is AddOn {
  return typeof value === 'object' && value !== null && 'openPredictionStore' in value;
}

function withoutPassword(url: string): string {
  return url.replace(/(:\/\/[^:/@]*):[^@]*@/, '$1:***@');
}
