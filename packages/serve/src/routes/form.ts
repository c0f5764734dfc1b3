import formbody from '@fastify/formbody';
import type { FastifyInstance } from 'fastify';
import { inputProblems } from '../answer/input-problems.js';
import { predictionAnswers, type PredictionAnswer } from '../answer/prediction-answer.js';
import { emptyForm, formErrors, readForm, type FormInput } from '../form-input.js';
import { formPage, type FormState } from '../pages/form-page.js';
import type { ServeContext } from '../serve-context.js';

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
  const { options, predictor } = context;
  const bodyLimit = Math.min(FORM_LIMIT_BYTES, options.bodyLimitBytes);
  pages.get(path, { config: { page: true } }, (_request, reply) =>
    reply
      .type(HTML)
      .header('cache-control', 'no-cache')
      .send(formPage(context, { input: emptyForm })),
  );
  pages.post(path, { config: { page: true }, bodyLimit }, (request, reply) => {
    const state = answerForm(readForm(request.body, predictor.bundle.schema), context);
    return reply
      .code(state.errors === undefined ? 200 : 422)
      .type(HTML)
      .header('cache-control', 'no-store')
      .send(formPage(context, state));
  });
}

function answerForm(input: FormInput, context: ServeContext): FormState {
  const { bundle } = context.predictor;
  try {
    return { input, answer: predictOne(input, context) };
  } catch (cause) {
    const problems = inputProblems(cause);
    if (problems === undefined) throw cause;
    return { input, errors: formErrors(problems, input, bundle.schema) };
  }
}

function predictOne(input: FormInput, { predictor }: ServeContext): PredictionAnswer {
  return predictionAnswers(predictor.predictRecords([input.record], 'text'), predictor.bundle.interval.level)[0];
}
