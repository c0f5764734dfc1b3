import type { Bundle, CellValue } from '@scorecast/core';
import type { ComponentChildren } from 'preact';
import { predictionAnswers, type PredictionAnswer } from '../answer/prediction-answer.js';
import type { ServedModel } from '../served-model.js';
import { EXAMPLE_ID } from '../openapi/log-operations.js';
import { Answer } from './answer.js';
import { curlExample } from './curl-example.js';
import { renderPage, type PageFrame } from './render-page.js';
import { capitalised, counted, fixed, howOften, percent, scoreFormat, unbroken } from './wording.js';

/** A row of the test part with the answer that the model gives for it. */
interface Example {
  readonly record: Readonly<Record<string, CellValue>>;
  readonly answer: PredictionAnswer;
}

/**
 * The start page: what the model predicts, how well it did on rows that it had never seen, where it comes from, and
 * how programs ask it.
 *
 * @param origin Where this server was reached, such as `http://localhost:8080`; the example calls it.
 */
export function landingPage(frame: PageFrame, origin: string): string {
  const { bundle } = frame.model;
  const { target } = bundle.schema;
  const example = exampleOf(frame.model);
  return renderPage(
    {
      title: `Predict the ${target.label}`,
      path: '/',
      description: `A model that predicts the ${target.label}, with an interval and its measured errors.`,
      content: (
        <>
          <Hero bundle={bundle} example={example} />
          <Quality bundle={bundle} />
          <Origin bundle={bundle} />
          {example !== undefined && <Programs bundle={bundle} example={example} origin={origin} />}
        </>
      ),
    },
    frame,
  );
}

function exampleOf({ bundle, predictor }: ServedModel): Example | undefined {
  const { replay, interval, schema } = bundle;
  if (replay.rows.length === 0) return undefined;
  const record = Object.fromEntries(schema.features.map(({ name }) => [name, replay.rows[0][name] ?? null]));
  return { record, answer: predictionAnswers(predictor.predictRecords([record], 'typed'), interval.level)[0] };
}

function Hero({ bundle, example }: { bundle: Bundle; example: Example | undefined }) {
  const { features, target } = bundle.schema;
  return (
    <section class="hero">
      <div>
        <h1>
          What <mark>{unbroken(target.label)}</mark> is likely?
        </h1>
        <p class="lead">
          Answer {counted(features.length, 'question')} and get the most likely value, together with the range that
          holds the truth in {howOften(bundle.interval.level)}.
        </p>
        <p>
          <a class="button" href="/predictdata">
            Make a prediction
          </a>
        </p>
      </div>
      {example !== undefined && <ExampleCard bundle={bundle} example={example} />}
    </section>
  );
}

function ExampleCard({ bundle, example }: { bundle: Bundle; example: Example }) {
  return (
    <figure class="panel example">
      <figcaption>An example from the test data</figcaption>
      <dl class="facts">
        {bundle.schema.features.map(({ name, label }) => (
          <div key={name}>
            <dt>{capitalised(label)}</dt>
            <dd>{example.record[name] ?? 'not known'}</dd>
          </div>
        ))}
      </dl>
      <Answer bundle={bundle} answer={example.answer} />
    </figure>
  );
}

function Quality({ bundle }: { bundle: Bundle }) {
  const { metrics, interval, schema } = bundle;
  const { test } = metrics;
  const format = scoreFormat(bundle);
  return (
    <section aria-labelledby="quality">
      <h2 id="quality">How far to trust it</h2>
      <p>
        Measured once, on {counted(metrics.testRows, 'record')} that the model had never seen and that played no part in
        choosing it.
      </p>
      <dl class="figures">
        <Figure name="MAE" value={format(test.mae)} unit={schema.target.unit}>
          The mean error: how far off a prediction is on average.
        </Figure>
        <Figure name="RMSE" value={format(test.rmse)} unit={schema.target.unit}>
          The same, but large errors weigh more.
        </Figure>
        <Figure name="R²" value={fixed(test.r2, 3)}>
          The share of the differences between records that the model explains; 1 is all.
        </Figure>
        <Figure name="Coverage" value={percent(interval.testCoverage)}>
          How often the interval held the true value. It promises {percent(interval.level)}.
        </Figure>
      </dl>
    </section>
  );
}

function Figure(props: { name: string; value: string; unit?: string | undefined; children: ComponentChildren }) {
  return (
    <div>
      <dt>{props.name}</dt>
      <dd class="value">
        {props.value}
        {props.unit !== undefined && <small> {props.unit}</small>}
      </dd>
      <dd>{props.children}</dd>
    </div>
  );
}

function Origin({ bundle }: { bundle: Bundle }) {
  const { provenance, metrics, schema } = bundle;
  const sensitive = schema.features.filter((feature) => feature.sensitive).map(({ label }) => label);
  return (
    <section aria-labelledby="origin">
      <h2 id="origin">Where it comes from</h2>
      <dl class="facts wide">
        <Fact name="Model">
          {bundle.name}, version <code>{bundle.version}</code>
        </Fact>
        <Fact name="Method">
          {capitalised(provenance.estimator.replaceAll('-', ' '))}. {provenance.selection}
        </Fact>
        <Fact name="Learned from">
          {counted(metrics.trainRows, 'record')} of {provenance.dataRows.toLocaleString('en')}; data{' '}
          <code>{provenance.dataSha256.slice(0, 12)}</code>, seed {provenance.seed}
        </Fact>
        <Fact name="Looks at">{capitalised(schema.features.map(({ label }) => label).join(', '))}</Fact>
        {sensitive.length > 0 && (
          <Fact name="Take care">
            {capitalised(sensitive.join(', '))}: the model uses what may describe a protected trait. Do not let it
            decide about a person.
          </Fact>
        )}
      </dl>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Programs({ bundle, example, origin }: { bundle: Bundle; example: Example; origin: string }) {
  const model = { name: bundle.name, version: bundle.version };
  return (
    <section aria-labelledby="programs">
      <h2 id="programs">For programs</h2>
      <p>
        Send one record, or a list of records, to <code>POST /predict</code>.{' '}
        <a href="/health">
          <code>GET /health</code>
        </a>{' '}
        says whether the server is up, and with which model.
      </p>
      <div class="codes">
        <pre tabindex={0} role="region" aria-label="Request">
          <code>{curlExample(`${origin}/predict`, example.record)}</code>
        </pre>
        <pre tabindex={0} role="region" aria-label="Answer">
          <code>{JSON.stringify({ id: EXAMPLE_ID, ...example.answer, model }, null, 2)}</code>
        </pre>
      </div>
    </section>
  );
}
