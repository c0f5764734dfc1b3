import { describe, expect, it } from 'vitest';
import { explainer, recordParser } from '@scorecast/core';
import { createServer } from '../src/index.js';
import { examsBundle, examsReference, student } from './exams-bundle.js';

const bundle = await examsBundle({ reference: examsReference });
const app = await createServer(bundle, { logLevel: 'silent' });
const unexplained = await createServer(await examsBundle(), { logLevel: 'silent' });

async function ask(url: string, payload: object, server = app) {
  const response = await server.inject({ method: 'POST', url, payload });
  return { status: response.statusCode, body: response.json() };
}

describe('explain=true', () => {
  it('gives what each feature adds to the mean, in the order of the schema', async () => {
    const { status, body } = await ask('/predict?explain=true', student);
    expect(status).toBe(200);
    const { explanation, ...answer } = body;
    expect({ ...(await ask('/predict', student)).body, id: answer.id }).toEqual(answer);
    expect(explanation).toMatchObject({ method: 'linear', reference: 'the mean of the training rows', sum: 72 });
    const { contributions } = explanation;
    expect(contributions.map(({ feature }: { feature: string }) => feature)).toEqual(Object.keys(student));
    // Half of the training rows have a standard lunch, worth 2; the mean scores are 70.
    expect(contributions[3]).toEqual({ feature: 'lunch', value: 'standard', contribution: 1 });
    expect(contributions[5].contribution).toBeCloseTo(0.7 * 2, 12);
    expect(contributions[6].contribution).toBeCloseTo(0.4 * 4, 12);
    expect(explanation.base).toBeCloseTo(-10 + 1 + 0.7 * 70 + 0.4 * 70, 12);
  });

  it('explains each record of a list, and the sum before a score is cut to the scale', async () => {
    const best = { ...student, reading_score: 100, writing_score: 100 };
    const { body } = await ask('/predict?explain=true', [student, best]);
    const [, { prediction, explanation }] = body.predictions;
    expect([prediction, explanation.sum]).toEqual([100, 102]);
    const sum = explanation.contributions.reduce(
      (total: number, part: { contribution: number }) => total + part.contribution,
      explanation.base,
    );
    expect(sum).toBeCloseTo(102, 10);
  });

  it('says the same as core, also at /api/predict', async () => {
    const [expected] = explainer(bundle).explainTable(recordParser(bundle.schema)([student], 'typed'));
    const { body } = await ask('/api/predict?explain=true', { instances: [student] });
    expect(body.predictions).toEqual([72]);
    const [{ base, contributions }] = body.explanations;
    expect(base).toBe(expected.base);
    expect(contributions.map(({ contribution }: { contribution: number }) => contribution)).toEqual(
      Array.from(expected.contributions),
    );
  });

  it('is no when it is false, and nothing else', async () => {
    expect((await ask('/predict?explain=false', student)).body.explanation).toBeUndefined();
    for (const query of ['explain=', 'explain=1', 'explain=true&explain=true', 'explain=yes']) {
      expect(await ask(`/predict?${query}`, student)).toMatchObject({ status: 400, body: { code: 'SERVE_QUERY' } });
    }
  });

  it('is refused where the bundle has no reference, and for too many records at once', async () => {
    expect(await ask('/predict?explain=true', student, unexplained)).toMatchObject({
      status: 422,
      body: { code: 'EXPLAIN_NO_REFERENCE' },
    });
    const many = new Array<unknown>(101).fill(student);
    expect(await ask('/predict?explain=true', many)).toMatchObject({
      status: 413,
      body: { code: 'SERVE_TOO_MANY_EXPLAINED' },
    });
  });
});

describe('the form', () => {
  async function post(record: object, server = app) {
    const payload = new URLSearchParams(Object.entries(record).map(([key, value]) => [key, String(value)])).toString();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const { body } = await server.inject({ method: 'POST', url: '/predictdata', headers, payload });
    return body.replaceAll(/<[^>]+>/g, '');
  }

  it('says in sentences what each value adds, the largest first, and what it does not mean', async () => {
    const page = await post({ ...student, reading_score: 60 });
    expect(page).toContain('It starts at 68.0, its mean for the records it learned from.');
    const at = ['Reading score (60) takes away 7.0.', 'Writing score (74) adds 1.6.', 'Lunch (standard) adds 1.0.'].map(
      (sentence) => page.indexOf(sentence),
    );
    expect(at).toEqual(at.toSorted((a, b) => a - b));
    expect(at[0]).toBeGreaterThan(0);
    expect(page).toContain('Hardly any difference: gender, race or ethnicity');
    expect(page).toContain('They do not say what would happen if a value were different.');
    expect(page).not.toContain('lies outside the scale');
  });

  it('says when the sum lies outside the scale', async () => {
    expect(await post({ ...student, reading_score: 100, writing_score: 100 })).toContain(
      'The sum, 102.0, lies outside',
    );
  });

  it('answers without reasons where there are none', async () => {
    const page = await post(student, unexplained);
    expect(page).toContain('72.0');
    expect(page).not.toContain('How the model comes to this number');
  });
});
