import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { createServer } from '../src/index.js';
import { examsBundle, student } from './exams-bundle.js';

const bundle = await examsBundle({
  replay: { rows: [student, { ...student, gender: 'male', reading_score: 41 }], predictions: [] },
});
const app = await createServer(bundle, { logLevel: 'silent' });
const document = (await app.inject('/openapi.json')).json();

/** Whether a value keeps to a schema of the document: OpenAPI 3.1 has those of JSON Schema 2020-12. */
function accepts(schema: object, value: unknown): boolean {
  return new Ajv2020({ strict: false, validateFormats: false }).validate(schema, value);
}

const predicting = ['/predict', '/api/predict', '/invocations'];
const posts = [...predicting, '/batch', '/outcomes'];

describe('GET /openapi.json', () => {
  it('describes every address that there is, by a method that it answers', async () => {
    for (const [path, methods] of Object.entries(document.paths)) {
      expect(Object.keys(Object(methods))).toHaveLength(1);
      const method = posts.includes(path) ? 'POST' : 'GET';
      expect(Object.keys(Object(methods))).toEqual([method.toLowerCase()]);
      const { statusCode } = await app.inject({ method, url: path });
      // Nothing is recorded here, so that the log cannot be asked.
      expect([200, 400, 409]).toContain(statusCode);
    }
  });

  it('gives examples that the server answers with the very example answer', async () => {
    for (const path of predicting) {
      const { requestBody, responses } = document.paths[path].post;
      for (const [type, { example }] of Object.entries<{ example: unknown }>(requestBody.content)) {
        const payload = typeof example === 'string' ? example : JSON.stringify(example);
        const response = await app.inject({ method: 'POST', url: path, headers: { 'content-type': type }, payload });
        expect(response.statusCode).toBe(200);
        const expected = responses[200].content['application/json'].example;
        // Every answer has an id of its own.
        const body = { ...response.json(), id: expected.id };
        if (path === '/predict' && type !== 'application/json') {
          expect({ ...body.predictions[0], id: body.id, model: body.model }).toEqual(expected);
        } else {
          expect(body).toEqual(expected);
        }
      }
    }
  });

  it('has schemas that take its examples and refuse what the server refuses', async () => {
    for (const path of ['/predict', '/api/predict']) {
      const { requestBody, responses } = document.paths[path].post;
      const { schema, example } = requestBody.content['application/json'];
      const answer = responses[200].content['application/json'];
      expect(accepts(schema, example)).toBe(true);
      expect(accepts(answer.schema, answer.example)).toBe(true);
      expect(accepts(answer.schema, {})).toBe(false);
    }
    const { schema } = document.paths['/predict'].post.requestBody.content['application/json'];
    for (const wrong of [{}, { ...student, reading_score: 101 }, { ...student, lunch: 'x' }, { ...student, more: 1 }]) {
      expect(accepts(schema, wrong)).toBe(false);
    }
    expect(accepts(schema, [student, { ...student, student_id: 'S-1' }])).toBe(true);
  });

  it('describes refusals as they are', async () => {
    const refused = await app.inject({ method: 'POST', url: '/predict', payload: { ...student, lunch: 'x' } });
    expect(document.paths['/predict'].post.responses).toHaveProperty(String(refused.statusCode));
    expect(accepts(document.components.schemas.Problem, refused.json())).toBe(true);
  });

  it('leaves examples out when the bundle has no row to show', async () => {
    const bare = await createServer(await examsBundle({ replay: { rows: [], predictions: [] } }), {
      logLevel: 'silent',
    });
    const { paths } = (await bare.inject('/openapi.json')).json();
    expect(JSON.stringify(paths)).not.toContain('"example"');
    expect((await bare.inject('/docs')).statusCode).toBe(200);
  });
});

describe('GET /docs', () => {
  it('shows every address with its examples, without a script', async () => {
    const { body, headers } = await app.inject('/docs');
    expect(headers['content-type']).toContain('text/html');
    for (const path of Object.keys(document.paths)) expect(body).toContain(` ${path}<`);
    expect(body).toContain('&quot;reading_score&quot;: 72');
    expect(body).not.toContain('<script');
  });
});
