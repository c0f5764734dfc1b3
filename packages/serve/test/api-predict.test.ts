import { describe, expect, it } from 'vitest';
import { createServer } from '../src/index.js';
import { examsBundle, student, studentScore } from './exams-bundle.js';

const app = await createServer(await examsBundle(), { logLevel: 'silent' });
const values = Object.values(student);

async function send(payload: unknown) {
  const response = await app.inject({
    method: 'POST',
    url: '/api/predict',
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(payload),
  });
  return { status: response.statusCode, body: response.json() };
}

describe('POST /api/predict', () => {
  it('answers records and lists of values in the order of the schema alike', async () => {
    const { status, body } = await send({ instances: [student, values, [...values.slice(0, 5), 82, 74]] });
    expect(status).toBe(200);
    expect(body).toEqual({ id: expect.any(String), predictions: [studentScore, studentScore, 79] });
  });

  it('answers no instances with no predictions', async () => {
    expect((await send({ instances: [] })).body).toEqual({ id: expect.any(String), predictions: [] });
  });

  it('points to a wrong value by name in a record, by place in a list', async () => {
    const { status, body } = await send({
      instances: [{ ...student, lunch: 'none' }, ['x', ...values.slice(1)]],
    });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { pointer: '/instances/0/lunch' },
      { pointer: '/instances/1/0', field: 'gender' },
    ]);
  });

  it('refuses lists that are too long or too short instead of guessing', async () => {
    const { status, body } = await send({ instances: [values, values.slice(1), [...values, 1]] });
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([
      { pointer: '/instances/1', code: 'ragged-row', value: 'the list has 6 values' },
      { pointer: '/instances/2', value: 'the list has 8 values' },
    ]);
  });

  it('refuses bodies of another form', async () => {
    for (const payload of [[], null, 7, {}, { instances: student }, { instances: [], more: 1 }, { rows: [student] }]) {
      const { status, body } = await send(payload);
      expect([status, body.code]).toEqual([400, 'SERVE_BODY_SHAPE']);
    }
  });
});
