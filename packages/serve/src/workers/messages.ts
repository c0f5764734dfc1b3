import type { MetricFamily } from '../metrics/exposition.js';
import type { Settings } from '../settings/settings.js';

/** What the first process tells a worker. */
export type ToWorker =
  | { readonly kind: 'start'; readonly text: string; readonly settings: Settings }
  | { readonly kind: 'serve'; readonly text: string }
  | { readonly kind: 'count' }
  | { readonly kind: 'counted'; readonly id: number; readonly families: readonly MetricFamily[] }
  /** Take no new connections. */
  | { readonly kind: 'refuse' }
  /** End, with the last answers. */
  | { readonly kind: 'close' }
  | { readonly kind: 'cut' };

/** What a worker tells the first process. */
export type FromWorker =
  /** It listens to this channel: what was sent before would be lost. */
  | { readonly kind: 'ready' }
  | { readonly kind: 'serving'; readonly url: string; readonly version: string }
  /** Answers `refuse`. */
  | { readonly kind: 'refusing' }
  | { readonly kind: 'failed'; readonly code: string; readonly exitCode: number; readonly message: string }
  /** Answers `count`. */
  | { readonly kind: 'count'; readonly families: readonly MetricFamily[] }
  /** Asks for the metrics of all workers, and brings its own. */
  | { readonly kind: 'collect'; readonly id: number; readonly families: readonly MetricFamily[] };

/** Whether something that came through the channel is for a worker: nobody else writes there. */
export function isToWorker(message: unknown): message is ToWorker {
  return isOurs(message);
}

/** The same of what comes from a worker. */
export function isFromWorker(message: unknown): message is FromWorker {
  return isOurs(message);
}

function isOurs(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'kind' in message;
}
