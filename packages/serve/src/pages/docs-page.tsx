import { expectation } from '@scorecast/core';
import type { ApiContent, ApiOperation } from '../openapi/api-operations.js';
import { renderPage, type PageFrame } from './render-page.js';

/** The reference of the addresses for programs: what to send, what comes back, with examples of this very model. */
export function docsPage(frame: PageFrame, operations: readonly ApiOperation[], asksForKey: boolean): string {
  const { schema } = frame.model.bundle;
  const sent = operations.filter(({ method }) => method === 'post');
  const read = operations.filter(({ method }) => method === 'get');
  return renderPage(
    {
      title: 'For programs',
      path: '/docs',
      description: `The addresses that programs ask for the ${schema.target.label}, with examples.`,
      content: (
        <>
          <h1>For programs</h1>
          <p>
            Every example is a true one: its rows are of the test data, its answers are those of this model. The same as
            OpenAPI 3.1, for tools: <a href="/openapi.json">/openapi.json</a>.
          </p>
          {asksForKey && (
            <p>
              Every request but <code>/health</code>, <code>/ready</code> and <code>/ping</code> brings a key:{' '}
              <code>Authorization: Bearer sci_…</code>
            </p>
          )}
          <section aria-labelledby="fields">
            <h2 id="fields">A record</h2>
            <dl class="facts wide">
              {schema.features.map((feature) => (
                <div key={feature.name}>
                  <dt>
                    <code>{feature.name}</code>
                  </dt>
                  <dd>
                    {expectation(feature)}
                    {feature.optional && ', or null'}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
          {sent.map((operation) => (
            <Operation key={operation.path} operation={operation} />
          ))}
          <section aria-labelledby="read">
            <h2 id="read">To read only</h2>
            <dl class="facts wide">
              {read.map(({ path, summary }) => (
                <div key={path}>
                  <dt>
                    <code>GET {path}</code>
                  </dt>
                  <dd>{summary}</dd>
                </div>
              ))}
            </dl>
          </section>
        </>
      ),
    },
    frame,
  );
}

function Operation({ operation }: { operation: ApiOperation }) {
  const { method, path, summary, explains, bodies = {}, answer } = operation;
  const id = `ask${path.replaceAll(/[^a-z]/g, '-')}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        <code>
          {method.toUpperCase()} {path}
        </code>
      </h2>
      <p>{summary}</p>
      {explains === true && (
        <p>
          With <code>?explain=true</code> it adds what each feature contributes.
        </p>
      )}
      <div class="codes">
        {Object.entries(bodies).map(([type, body]) => (
          <Example key={type} name={`Send ${type}`} path={path} content={body} />
        ))}
        <Example name="The answer" path={path} content={answer} />
      </div>
    </section>
  );
}

function Example({ name, path, content: { example } }: { name: string; path: string; content: ApiContent }) {
  if (example === undefined) return null;
  return (
    <figure>
      <figcaption>{name}</figcaption>
      <pre tabindex={0} role="region" aria-label={`${path}: ${name}`}>
        <code>{typeof example === 'string' ? example : JSON.stringify(example, null, 2)}</code>
      </pre>
    </figure>
  );
}
