import formbody from '@fastify/formbody';
import { explainErrors, ScorecastError, type Table } from '@scorecast/core';
import type { FastifyInstance } from 'fastify';
import { explanationAnswers } from '../answer/explanation-answer.js';
import { finitePredictions } from '../answer/finite-predictions.js';
import { inputProblems } from '../answer/input-problems.js';
import { predictionAnswers } from '../answer/prediction-answer.js';
import { emptyForm, formErrors, readForm, type FormInput } from '../form-input.js';
import { formPage, type FormState } from '../pages/form-page.js';
import type { Recorder } from '../prediction-log/recorder.js';
import type { ServeContext } from '../serve-context.js';
import type { ServedModel } from '../served-model.js';

/** Far more than any form holds that a person fills in. */
const FORM_LIMIT_BYTES = 256 * 1024;

const HTML = 'text/html; charset=utf-8';

/** The form's address, and another under which clients of earlier services know it. */
const PATHS = ['/predictdata', '/predicted_data'];

/**
 * `GET /predictdata`: the form, with one field per feature of the schema. `POST /predictdata`: the same page with the
 * answer (200), or with what was entered and a sentence at each wrong field (422). `/predicted_data` is the same.
 */
export function formRoutes(app: FastifyInstance, context: ServeContext): void {
  void app.register(async (pages) => {
    pages.removeAllContentTypeParsers();
    await pages.register(formbody);
    for (const path of PATHS) formRoute(pages, path, context);
  });
}

function formRoute(pages: FastifyInstance, path: string, context: ServeContext): void {
  const { options, assets } = context;
  const bodyLimit = Math.min(FORM_LIMIT_BYTES, options.bodyLimitBytes);
  pages.get(path, { config: { page: true } }, ({ model }, reply) =>
    reply
      .type(HTML)
      .header('cache-control', 'no-cache')
      .send(formPage({ model, assets }, { input: emptyForm })),
  );
  pages.post(path, { config: { page: true }, bodyLimit }, async ({ body, model }, reply) => {
    const state = await answerForm(readForm(body, model.bundle.schema), model, context.recorder);
    return reply
      .code(state.errors === undefined ? 200 : 422)
      .type(HTML)
      .header('cache-control', 'no-store')
      .send(formPage({ model, assets }, state));
  });
}

async function answerForm(input: FormInput, model: ServedModel, { record }: Recorder): Promise<FormState> {
  const { bundle, predictor, parse, counts } = model;
  try {
    const features = parse([input.record], 'text');
    const predictions = finitePredictions(features, predictor);
    counts.predicted(features, predictions);
    const [answer] = predictionAnswers(predictions, bundle.interval.level);
    const explanation = await explained(features, model);
    const id = record({ route: 'form', bundle, features, predictions, isSingle: true, records: [input.record] });
    return { input, id, answer, ...explanation };
  } catch (cause) {
    const problems = inputProblems(cause);
    if (problems === undefined) throw cause;
    counts.refused(problems);
    return { input, errors: formErrors(problems, input, bundle.schema) };
  }
}

/** A page without reasons is still an answer: some models have none that are exact. */
async function explained(features: Table, model: ServedModel): Promise<Pick<FormState, 'explanation'>> {
  try {
    return { explanation: (await explanationAnswers(features, model))[0] };
  } catch (cause) {
    if (cause instanceof ScorecastError && Object.hasOwn(explainErrors, cause.code)) return {};
    throw cause;
  }
}
