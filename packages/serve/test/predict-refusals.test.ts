import { describe, expect, it } from 'vitest';
import type { FittedTransformer, Schema } from '@scorecast/core';
import { createServer } from '../src/index.js';
import { examsBundle, examsSchema, student } from './exams-bundle.js';

const bundle = await examsBundle();
const app = await createServer(bundle, { logLevel: 'silent', maxRecords: 3 });

async function refuse(payload: unknown, server = app) {
  const response = await server.inject({
    method: 'POST',
    url: '/predict',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(payload),
  });
  expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  return { status: response.statusCode, body: response.json() };
}

function without(name: keyof typeof student) {
  return Object.fromEntries(Object.entries(student).filter(([key]) => key !== name));
}

describe('POST /predict refuses', () => {
  it('a score of 1000, in the form of RFC 9457', async () => {
    const { status, body } = await refuse({ ...student, reading_score: 1000 });
    expect(status).toBe(422);
    expect(body).toEqual({
      type: 'urn:scorecast:error:SERVE_INPUT_INVALID',
      title: 'Unprocessable Entity',
      status: 422,
      detail: '1 value in the input cannot be used (each is listed under "errors"; nothing was predicted)',
      instance: expect.stringMatching(/^urn:scorecast:request:[\w-]+$/),
      code: 'SERVE_INPUT_INVALID',
      errors: [
        {
          field: 'reading_score',
          pointer: '/reading_score',
          code: 'out-of-range',
          value: '1000',
          expected: 'a number from 0 to 100',
          detail: 'column "reading_score": "1000" is out of range (expected a number from 0 to 100)',
        },
      ],
      errorCount: 1,
    });
  });

  it('each missing field, whichever it is', async () => {
    for (const { name } of examsSchema.features) {
      const { status, body } = await refuse(
        Object.fromEntries(Object.entries(student).filter(([key]) => key !== name)),
      );
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ field: name, pointer: `/${name}`, code: 'missing' }]);
    }
  });

  it('all wrong values at once', async () => {
    const { body } = await refuse({ ...without('gender'), lunch: 'reduced', reading_score: '72', extra: 1 });
    expect(body.errors).toMatchObject([
      { field: 'extra', code: 'unknown-column' },
      { field: 'gender', code: 'missing' },
      { field: 'lunch', code: 'unknown-level' },
      { field: 'reading_score', code: 'wrong-type' },
    ]);
  });

  it('null, text, lists and objects where a number belongs', async () => {
    for (const value of [null, '72', [72], { value: 72 }, true]) {
      const { status, body } = await refuse({ ...student, writing_score: value });
      expect([status, body.errors[0].field]).toEqual([422, 'writing_score']);
    }
  });

  it('a list as a whole, pointing to each wrong value in it', async () => {
    const { status, body } = await refuse([student, { ...student, writing_score: -1 }, without('lunch')]);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: '/1/writing_score' }, { pointer: '/2/lunch' }]);
    expect(body.errors[0].detail).toContain('row 2');
  });

  it('pointing to the name that was sent, with a slash in it escaped', async () => {
    const { body } = await refuse({ ...without('race_ethnicity'), 'race/ethnicity': 'group Z' });
    expect(body.errors).toMatchObject([{ field: 'race_ethnicity', pointer: '/race~1ethnicity' }]);
  });

  it('a field given under two of its names', async () => {
    const { status, body } = await refuse({ ...student, ethnicity: 'group B' });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { field: 'race_ethnicity', pointer: '/ethnicity', code: 'duplicate-column', value: 'ethnicity' },
    ]);
  });

  it('what is no record', async () => {
    for (const payload of [5, 'text', null, true]) {
      const { status, body } = await refuse(payload);
      expect([status, body.errors[0].pointer, body.errors[0].field]).toEqual([422, '', undefined]);
    }
    expect((await refuse([student, [1, 2]])).body.errors[0].pointer).toBe('/1');
  });

  it('more records than allowed, naming the limit', async () => {
    const { status, body } = await refuse([student, student, student, student]);
    expect([status, body.code]).toEqual([413, 'SERVE_TOO_MANY_RECORDS']);
    expect(body.detail).toContain('the list has 4 records (expected at most 3 per request');
  });

  it('with at most 1000 errors listed and all counted', async () => {
    const server = await createServer(bundle, { logLevel: 'silent' });
    const { body } = await refuse(new Array(200).fill({}), server);
    expect(body.errors).toHaveLength(1000);
    expect(body.errorCount).toBe(1400);
  });

  it('a level that the model never saw, at its field', async () => {
    const strict = await examsBundle({
      schema: withGroupF,
      pipeline: { ...bundle.pipeline, transformers: [refusing()] },
    });
    const server = await createServer(strict, { logLevel: 'silent' });
    const unseen = { ...student, race_ethnicity: 'group F' };
    expect((await refuse(unseen, server)).body.errors).toMatchObject([
      { field: 'race_ethnicity', pointer: '/race_ethnicity', code: 'unknown-level', value: 'group F' },
    ]);
    expect((await refuse([student, unseen], server)).body.errors[0].pointer).toBe('/1/race_ethnicity');
  });
});

/** The schema knows a level that did not occur in training. */
const withGroupF: Schema = {
  ...examsSchema,
  features: examsSchema.features.map((feature) =>
    feature.kind === 'nominal' && feature.name === 'race_ethnicity'
      ? { ...feature, levels: [...feature.levels, 'group F'] }
      : feature,
  ),
};

function refusing(): FittedTransformer {
  const [encoding] = bundle.pipeline.transformers;
  return encoding.kind === 'one-hot' ? { ...encoding, unseen: 'error' } : encoding;
}

describe('POST /predict never answers 200', () => {
  it('when the model gives no number', async () => {
    const features = bundle.schema.features.map((feature) => ({ ...feature, optional: true }));
    const gaps = await examsBundle({ schema: { ...bundle.schema, features } });
    const server = await createServer(gaps, { logLevel: 'silent' });
    const { status, body } = await refuse(without('reading_score'), server);
    expect([status, body.code]).toEqual([500, 'SERVE_INTERNAL']);
  });
});
