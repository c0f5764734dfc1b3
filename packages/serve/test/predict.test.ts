import { describe, expect, it } from 'vitest';
import { predictor } from '@scorecast/core';
import { createServer } from '../src/index.js';
import { examsBundle, student, studentScore } from './exams-bundle.js';

const bundle = await examsBundle();
const app = await createServer(bundle, { logLevel: 'silent' });
const model = { name: 'exams', version: bundle.version };

async function predict(payload: object) {
  const response = await app.inject({ method: 'POST', url: '/predict', payload });
  return { status: response.statusCode, body: response.json(), type: response.headers['content-type'] };
}

describe('POST /predict', () => {
  it('answers one record with its score, interval, confidence and model', async () => {
    const { status, body } = await predict(student);
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.any(String),
      prediction: studentScore,
      confidence: 0.9,
      interval: { lower: studentScore - 8.9, upper: studentScore + 8.9, level: 0.9 },
      model,
    });
  });

  it('answers a list in its order', async () => {
    const { body } = await predict([student, { ...student, reading_score: 82 }]);
    expect(body.predictions).toMatchObject([{ prediction: 72 }, { prediction: 79 }]);
    expect(body.predictions[1]).toEqual({
      id: body.predictions[0].id.replace(/0$/, '1'),
      prediction: 79,
      confidence: 0.9,
      interval: { lower: 79 - 8.9, upper: 79 + 8.9, level: 0.9 },
    });
    expect(body.model).toEqual(model);
  });

  it('answers a list of one with a list, and an empty list with an empty one', async () => {
    expect((await predict([student])).body.predictions).toHaveLength(1);
    expect((await predict([])).body).toEqual({ predictions: [], model });
  });

  it('gives the same bits as core', async () => {
    const record = { ...student, reading_score: 71.3, writing_score: 0.1 };
    const [expected] = predictor(bundle).predictRecords([record], 'typed');
    expect((await predict(record)).body.prediction).toBe(expected.value);
  });

  it('keeps the decimals of a score', async () => {
    expect((await predict({ ...student, reading_score: 72.5 })).body.prediction).toBeCloseTo(72.35, 10);
  });

  it('takes race_ethnicity under its other names', async () => {
    const { race_ethnicity: group, ...rest } = student;
    for (const name of ['race_ethnicity', 'ethnicity', 'race/ethnicity']) {
      expect((await predict({ ...rest, [name]: group })).status).toBe(200);
    }
  });

  it('never predicts above the top of the scale', async () => {
    const best = await predict({ ...student, reading_score: 100, writing_score: 100 });
    expect(best.body.prediction).toBe(100);
    expect(best.body.interval.upper).toBe(100);
  });

  it('takes an identifier along without learning from it', async () => {
    expect((await predict({ ...student, student_id: 'S-17' })).body.prediction).toBe(studentScore);
  });

  it('answers null where an interval has no bound', async () => {
    const open = await examsBundle({
      interval: { ...bundle.interval, radius: Infinity },
      schema: {
        ...bundle.schema,
        target: { kind: 'target', name: 'y', aliases: [], label: 'y', integer: false, min: 0 },
      },
    });
    const server = await createServer(open, { logLevel: 'silent' });
    const response = await server.inject({ method: 'POST', url: '/predict', payload: student });
    expect(response.json().interval).toEqual({ lower: 0, upper: null, level: 0.9 });
  });
});
