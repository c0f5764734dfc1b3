import type { Bundle } from '@scorecast/core';
import type { ExplanationAnswer } from '../answer/explanation-answer.js';
import type { PredictionAnswer } from '../answer/prediction-answer.js';
import type { FormErrors, FormInput } from '../form-input.js';
import { Answer } from './answer.js';
import { Field, fieldId } from './field.js';
import { Reasons } from './reasons.js';
import { renderPage, type PageFrame } from './render-page.js';
import { ScoreScale } from './score-scale.js';
import { capitalised, counted, percent, scoreFormat, unbroken } from './wording.js';

/** What the form page shows: what was entered, and either an answer, errors, or neither yet. */
export interface FormState {
  readonly input: FormInput;
  readonly answer?: PredictionAnswer;
  /** The answer's, under which it is recorded. */
  readonly id?: string;
  /** Absent where the model has no exact one. */
  readonly explanation?: ExplanationAnswer;
  readonly errors?: FormErrors;
}

/** The form with, beside it, its answer or what is wrong. */
export function formPage(frame: PageFrame, state: FormState): string {
  const { bundle } = frame.model;
  const { schema } = bundle;
  return renderPage(
    {
      title: titleOf(bundle, state),
      path: '/predictdata',
      description: `Predict the ${schema.target.label} from ${counted(schema.features.length, 'value')}.`,
      script: true,
      content: (
        <div class="predict">
          <h1>
            Predict the <mark>{unbroken(schema.target.label)}</mark>
          </h1>
          <AnswerPanel bundle={bundle} state={state} />
          <form method="post" action="/predictdata#answer" data-busy="Predicting…">
            {schema.features.map((feature, i) => (
              <Field
                key={feature.name}
                feature={feature}
                position={i}
                text={state.input.texts.get(feature.name) ?? ''}
                error={state.errors?.fields.get(feature.name)}
              />
            ))}
            <div class="actions">
              <button type="submit">Predict</button>
              {state.input.texts.size > 0 && <a href="/predictdata">Start over</a>}
            </div>
          </form>
        </div>
      ),
    },
    frame,
  );
}

function titleOf(bundle: Bundle, { answer, errors }: FormState): string {
  const { label } = bundle.schema.target;
  if (errors !== undefined) return `To correct: ${counted(errors.fields.size + errors.others.length, 'answer')}`;
  if (answer !== undefined) return `${capitalised(label)} ${scoreFormat(bundle)(answer.prediction)}`;
  return `Predict the ${label}`;
}

/** It can take the focus: the form's address ends in its name, so browsers go there with or without a script. */
function AnswerPanel({ bundle, state }: { bundle: Bundle; state: FormState }) {
  if (state.errors !== undefined) return <ErrorSummary bundle={bundle} errors={state.errors} />;
  if (state.answer !== undefined) {
    return <Result bundle={bundle} id={state.id} answer={state.answer} explanation={state.explanation} />;
  }
  const { schema } = bundle;
  return (
    <section class="panel waiting" id="answer" tabindex={-1} aria-label="Answer">
      <p>
        Answer {counted(schema.features.length, 'question')}. The score will stand here, with the range that it may lie
        in.
      </p>
      <ScoreScale target={schema.target} format={scoreFormat(bundle)} />
    </section>
  );
}

function Result(props: {
  bundle: Bundle;
  id: string | undefined;
  answer: PredictionAnswer;
  explanation: ExplanationAnswer | undefined;
}) {
  const { bundle, id, answer, explanation } = props;
  const { metrics, interval, name, version } = bundle;
  return (
    <section class="panel result" id="answer" tabindex={-1} aria-labelledby="answer-title">
      <h2 id="answer-title">Predicted {bundle.schema.target.label}</h2>
      <Answer bundle={bundle} answer={answer} />
      {explanation !== undefined && <Reasons bundle={bundle} answer={answer} explanation={explanation} />}
      <p class="source">
        By the model {name}, version <code>{version}</code>. On {counted(metrics.testRows, 'record')} that it had never
        seen, such intervals held the true value in {percent(interval.testCoverage)} of cases.
      </p>
      {id !== undefined && (
        <p class="source">
          This prediction is <code>{id}</code>.
        </p>
      )}
    </section>
  );
}

function ErrorSummary({ bundle, errors }: { bundle: Bundle; errors: FormErrors }) {
  const count = errors.fields.size + errors.others.length;
  return (
    <section class="panel problems" id="answer" tabindex={-1} aria-labelledby="answer-title">
      <h2 id="answer-title">{count === 1 ? 'One answer needs' : `${count} answers need`} a correction</h2>
      <ul>
        {bundle.schema.features.map((feature, i) => {
          const message = errors.fields.get(feature.name);
          return message === undefined ? null : (
            <li key={feature.name}>
              <a href={`#${fieldId(i)}`}>{capitalised(feature.label)}</a>: {message}
            </li>
          );
        })}
        {errors.others.map((message) => (
          <li key={message}>{message}</li>
        ))}
      </ul>
    </section>
  );
}
