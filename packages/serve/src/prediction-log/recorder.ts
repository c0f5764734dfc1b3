import { metricFamily, type MetricFamily } from '../metrics/exposition.js';
import { rowMaker, type GivenPredictions } from './given-predictions.js';
import type { TroubleLog } from './log-troubles.js';
import { logOptions, type LogSettings } from './log-options.js';
import { openSink } from './open-sink.js';
import { answerIds } from './prediction-id.js';
import { PredictionLog } from './prediction-log.js';

/** Gives answers their ids, and remembers them where predictions are logged. */
export interface Recorder {
  /** Called once per answer, when its numbers exist. Never waits and never fails. */
  record(this: void, given: Omit<GivenPredictions, 'answer'>): string;
  /** Undefined where predictions are not logged. */
  readonly log: PredictionLog | undefined;
}

const NONE: readonly unknown[] = [];

/**
 * Opens the log that the settings ask for, if any.
 *
 * @throws SERVE_OPTION, SERVE_LOG_ADD_ON
 */
export async function openRecorder(settings: LogSettings, clock: () => Date, troubles: TroubleLog): Promise<Recorder> {
  const now = () => clock().getTime();
  const nextId = answerIds(now);
  const options = logOptions(settings);
  if (options === undefined) return { record: () => nextId().id, log: undefined };
  const sink = await openSink(options.place, options, now);
  const log = new PredictionLog({ sink, makeRow: rowMaker(options), troubles });
  return {
    record({ route, bundle, features, predictions, isSingle, records }) {
      const answer = nextId();
      // Bodies are let go as soon as possible: only identifiers are read from them.
      const kept = options.identifiers ? records : NONE;
      // Every request comes by: copying all of an object takes five times as long.
      log.record({ answer, route, bundle, features, predictions, isSingle, records: kept });
      return answer.id;
    },
    log,
  };
}

/** What a log has done, for `GET /metrics`. */
export function logMetrics({ counts }: PredictionLog): readonly MetricFamily[] {
  const counter = (name: string, help: string, value: number) =>
    metricFamily(`scorecast_prediction_log_${name}_total`, 'counter', help, [{ value }]);
  return [
    counter('written', 'Predictions that were recorded.', counts.written),
    counter(
      'dropped',
      'Predictions that were not recorded, since the log could not keep up or was broken.',
      counts.dropped,
    ),
    counter('bytes', 'Bytes that were recorded.', counts.bytes),
    counter('errors', 'Times that the log could not be written or read.', counts.errors),
    counter('outcomes', 'Outcomes that were recorded.', counts.outcomes),
    metricFamily(
      'scorecast_prediction_log_waiting',
      'gauge',
      'Predictions that wait to be recorded.',
      [{ value: counts.waiting }],
      'sum',
    ),
  ];
}
