import type { Bundle } from '@scorecast/core';
import type { FastifyInstance } from 'fastify';
import type { Assets } from './assets.js';
import { serverMetrics, type ServerMetrics } from './metrics/server-metrics.js';
import { logMetrics, type Recorder } from './prediction-log/recorder.js';
import { servedModel, type ServedModel } from './served-model.js';
import type { CompleteOptions } from './server-options.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** The model that answers this request, whatever is served by the time of its answer. */
    model: ServedModel;
  }
}

/** What every route is given: made once, when the server is created. */
export interface ServeContext {
  /** The model that is served now. A request takes it once, when it begins: see `request.model`. */
  current(this: void): ServedModel;
  /** Serves another bundle from the next request on. */
  replace(this: void, bundle: Bundle): void;
  /** Whether the server was told to stop: it answers what comes, and asks for nothing more. */
  isStopping(this: void): boolean;
  stop(this: void): void;
  /** What is counted for `GET /metrics`. */
  readonly metrics: ServerMetrics;
  /** Gives answers their ids, and records them. */
  readonly recorder: Recorder;
  readonly options: CompleteOptions;
  readonly assets: Assets;
}

/** Prepares a bundle for all routes. */
export function serveContext(
  bundle: Bundle,
  options: CompleteOptions,
  assets: Assets,
  recorder: Recorder,
): ServeContext {
  const metrics = serverMetrics();
  const { log } = recorder;
  if (log !== undefined) metrics.add(() => logMetrics(log));
  const prepare = (next: Bundle) => servedModel(next, metrics.forModel(next, options.now()));
  let model = prepare(bundle);
  let stopping = false;
  return {
    current: () => model,
    replace(next) {
      model = prepare(next);
    },
    isStopping: () => stopping,
    stop() {
      stopping = true;
    },
    metrics,
    recorder,
    options,
    assets,
  };
}

/** Gives every request the model that is served when it begins. */
export function modelOfRequests(app: FastifyInstance, { current }: ServeContext): void {
  app.decorateRequest('model');
  app.addHook('onRequest', (request, _reply, done) => {
    request.model = current();
    done();
  });
}
