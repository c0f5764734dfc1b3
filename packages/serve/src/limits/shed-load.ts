import { getHeapStatistics } from 'node:v8';
import type { FastifyInstance } from 'fastify';
import { metricFamily } from '../metrics/exposition.js';
import type { ServerMetrics } from '../metrics/server-metrics.js';
import { serveError } from '../serve-error.js';

/** When a server is too busy to take more; 0 is never. */
export interface LoadLimits {
  /** How late timers may be on average, in milliseconds. */
  readonly maxLoopDelayMs: number;
  /** How much of the heap may be in use, in percent of what V8 allows. */
  readonly maxHeapPercent: number;
}

const SAMPLE_MS = 1000;

/** One bad second is a pause, such as another bundle being read; from the second one on it is a queue. */
const BAD_SAMPLES = 2;

/** When clients are told to come back. */
const RETRY_SECONDS = 5;

/**
 * Answers 503 with Retry-After while the process cannot keep up, except to probes and to who asks for metrics: a queue that
 * only grows would serve nobody.
 */
export async function shedLoad(app: FastifyInstance, limits: LoadLimits, metrics: ServerMetrics): Promise<void> {
  const { default: underPressure } = await import('@fastify/under-pressure');
  let refused = 0;
  let badSamples = 0;
  await app.register(underPressure, {
    sampleInterval: SAMPLE_MS,
    maxEventLoopDelay: limits.maxLoopDelayMs,
    maxHeapUsedBytes: (getHeapStatistics().heap_size_limit * limits.maxHeapPercent) / 100,
    pressureHandler: async (request) => {
      const { access } = request.routeOptions.config;
      if (badSamples < BAD_SAMPLES || access === 'open' || access === 'metrics') return;
      refused += 1;
      throw serveError('SERVE_OVERLOADED', { retrySeconds: RETRY_SECONDS });
    },
  });
  const sampling = setInterval(() => {
    badSamples = app.isUnderPressure() ? badSamples + 1 : 0;
  }, SAMPLE_MS).unref();
  app.addHook('onClose', (_app, done) => {
    clearInterval(sampling);
    done();
  });
  metrics.add(() => [
    metricFamily('scorecast_load_shed_total', 'counter', 'Requests refused since the process could not keep up.', [
      { value: refused },
    ]),
    metricFamily('scorecast_event_loop_delay_seconds', 'gauge', 'How late timers were, on average over a second.', [
      { value: app.memoryUsage().eventLoopDelay / 1000 },
    ]),
  ]);
}
