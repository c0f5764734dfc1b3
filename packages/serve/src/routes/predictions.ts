import { ScorecastError } from '@scorecast/core';
import type { FastifyInstance } from 'fastify';
import { predictionLogError } from '../prediction-log/log-error.js';
import { predictionTime } from '../prediction-log/prediction-id.js';
import type { OutcomeRow, PredictionRow } from '../prediction-log/prediction-sink.js';
import { replayPrediction } from '../prediction-log/replay-prediction.js';
import type { ServeContext } from '../serve-context.js';
import type { ServedModel } from '../served-model.js';

/**
 * `GET /predictions/{id}`: a prediction as the log has it, its outcomes, and what the served bundle answers now to the
 * same inputs, where it is the one that gave the prediction and the inputs were logged.
 */
export function predictionsRoute(app: FastifyInstance, { recorder }: ServeContext): void {
  const config = { access: 'admin' } as const;
  app.get<{ Params: { id: string } }>('/predictions/:id', { config }, async ({ params: { id }, model }, reply) => {
    const { log } = recorder;
    if (log === undefined) throw predictionLogError('SERVE_LOG_OFF', {});
    const found = predictionTime(id) === undefined ? undefined : await log.find(id);
    if (found === undefined) throw predictionLogError('SERVE_PREDICTION_UNKNOWN', { id: id.slice(0, 80) });
    return reply.header('cache-control', 'no-store').send(predictionAnswer(found.row, found.outcomes, model));
  });
}

function predictionAnswer(row: PredictionRow, outcomes: readonly OutcomeRow[], served: ServedModel) {
  const { id, givenAt, route, model, version, prediction, lower, upper, level, inputs, inputsHash, identifiers } = row;
  const changes = outcomes.filter(({ outcome }, i) => outcome !== outcomes[i - 1]?.outcome);
  return {
    id,
    givenAt: timeText(givenAt),
    route,
    model: { name: model, version },
    prediction,
    interval: { lower, upper, level },
    ...(inputs === null ? {} : { inputs: parsed(inputs) }),
    ...(inputsHash === null ? {} : { inputsHash }),
    ...(identifiers === null ? {} : { identifiers: parsed(identifiers) }),
    outcome: changes.at(-1)?.outcome ?? null,
    outcomes: changes.map((one) => ({
      outcome: one.outcome,
      ...(one.outcomeAt === null ? {} : { outcomeAt: timeText(one.outcomeAt) }),
      recordedAt: timeText(one.recordedAt),
    })),
    ...(inputs === null || version !== served.bundle.version ? {} : { replayed: replay(row, served) }),
  };
}

/** Inputs that the bundle would not have taken were changed in the log: nothing can be equal to that. */
function replay(row: PredictionRow, { bundle }: ServedModel) {
  try {
    const { prediction, equal } = replayPrediction(bundle, row);
    return { prediction, equal };
  } catch (cause) {
    if (cause instanceof ScorecastError) return { prediction: null, equal: false };
    throw cause;
  }
}

function parsed(json: string): unknown {
  return JSON.parse(json);
}

function timeText(at: number): string {
  return new Date(at).toISOString();
}
