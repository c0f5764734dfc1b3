import { describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { createServer } from '../src/index.js';
import { examsBundle, student, studentScore } from './exams-bundle.js';

const app = await createServer(await examsBundle(), { logLevel: 'silent' });
const columns = Object.keys(student);
const values = Object.values(student);

async function invoke(payload: unknown, type = 'application/json') {
  const response = await app.inject({
    method: 'POST',
    url: '/invocations',
    headers: { 'content-type': type },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });
  return { status: response.statusCode, body: response.json() };
}

describe('POST /invocations', () => {
  it.each([
    [
      'dataframe_split',
      { columns: columns.toReversed(), index: [4, 9], data: [values.toReversed(), values.toReversed()] },
    ],
    ['dataframe_split without columns', { data: [values, values] }],
    ['dataframe_records', [student, student]],
    ['instances', [student, values]],
    ['inputs', [values, values]],
    ['inputs by column', Object.fromEntries(columns.map((name, i) => [name, [values[i], values[i]]]))],
  ])('answers %s', async (form, value) => {
    const { status, body } = await invoke({ [form.split(' ')[0]]: value });
    expect([status, body]).toEqual([200, { id: expect.any(String), predictions: [studentScore, studentScore] }]);
  });

  it('answers CSV, and JSON with a parameter in its type', async () => {
    const csv = await invoke(`${columns.join(',')}\n${values.join(',')}\n`, 'text/csv');
    expect(csv.body).toEqual({ id: expect.any(String), predictions: [studentScore] });
    const json = await invoke({ inputs: [student], params: {} }, 'application/json; charset=utf-8');
    expect(json.body).toEqual({ id: expect.any(String), predictions: [studentScore] });
  });

  it.each([
    ['no form', {}],
    ['two forms', { instances: [student], inputs: [student] }],
    ['an unknown form', { data: [student] }],
    ['a list', [student]],
    ['params', { inputs: [student], params: { temperature: 1 } }],
    ['a split that is a list', { dataframe_split: [student] }],
    ['a split with a column twice', { dataframe_split: { columns: ['gender', 'gender'], data: [] } }],
    ['columns of different lengths', { inputs: { gender: ['male'], lunch: [] } }],
    ['records that are an object', { dataframe_records: student }],
  ])('refuses %s with 400', async (_name, payload) => {
    const { status, body } = await invoke(payload);
    expect([status, body.code]).toEqual([400, 'SERVE_BODY_SHAPE']);
  });

  it('refuses bad input with 400 and says where it is', async () => {
    const split = await invoke({ dataframe_split: { columns, data: [values, ['x', ...values.slice(1)]] } });
    expect(split.status).toBe(400);
    expect(split.body).toMatchObject({ status: 400, title: 'Bad Request', code: 'SERVE_INPUT_INVALID' });
    expect(split.body.errors).toMatchObject([{ pointer: '/dataframe_split/data/1/0', field: 'gender' }]);
    const byColumn = await invoke({
      inputs: Object.fromEntries(columns.map((name, i) => [name, [i === 5 ? -1 : values[i]]])),
    });
    expect(byColumn.body.errors).toMatchObject([{ pointer: '/inputs/reading_score/0', code: 'out-of-range' }]);
    expect((await invoke('{', 'application/json')).status).toBe(400);
    expect((await invoke('gender\nx,y', 'text/csv')).status).toBe(400);
  });

  it('refuses a data frame of many columns and many empty rows, and CSV like it, before it grows', async () => {
    const many = Array.from({ length: 100_000 }, (_, i) => `c${i}`);
    const rows = new Array<unknown>(100_000).fill([]);
    const split = await invoke({ dataframe_split: { columns: many, data: rows } });
    expect([split.status, split.body.errorCount]).toEqual([400, 100_000]);
    const csv = await invoke(`${many.join(',')}\n${'x\n'.repeat(100_000)}`, 'text/csv');
    expect([csv.status, csv.body.errorCount]).toEqual([400, 200_000]);
  });

  it('refuses other media types with 415', async () => {
    const { status, body } = await invoke('x', 'application/x-ndjson');
    expect(status).toBe(415);
    expect(body.detail).toContain('application/json or text/csv');
  });
});

describe('the other addresses of the scoring protocol', () => {
  it('GET /ping is empty and well, GET /version is a version', async () => {
    expect(await app.inject('/ping')).toMatchObject({ statusCode: 200, body: '\n' });
    expect((await app.inject('/version')).body).toBe(manifest.version);
  });
});
