import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createServer } from '../src/index.js';
import { checkJson } from '../src/json/check-json.js';
import { examsBundle, student, studentScore } from './exams-bundle.js';

const app = await createServer(await examsBundle(), { logLevel: 'silent', bodyLimitBytes: 1_000_000 });

async function send(payload: string | Buffer, headers: Record<string, string> = {}) {
  const response = await app.inject({
    method: 'POST',
    url: '/predict',
    headers: { 'content-type': 'application/json', ...headers },
    payload,
  });
  return { status: response.statusCode, body: response.json() };
}

const good = JSON.stringify(student);

describe('a hostile body', () => {
  it.each([
    ['', 'it is empty'],
    [' \n', 'it is empty'],
    ['{"gender": ', 'JSON'],
    ["{'gender': 'female'}", 'JSON'],
    ['{"reading_score": NaN}', 'JSON'],
    ['{"a": 1,}', 'JSON'],
  ])('that is not JSON is a 400: %j', async (payload, reason) => {
    const { status, body } = await send(payload);
    expect([status, body.code]).toEqual([400, 'SERVE_JSON_UNREADABLE']);
    expect(body.detail).toContain(reason);
  });

  it('that names a key twice is a 400, however the key is spelt', async () => {
    for (const key of ['"reading_score"', String.raw`"readin\u0067_score"`]) {
      const { status, body } = await send(good.replace('{', `{${key}: 1,`));
      expect([status, body.code]).toEqual([400, 'SERVE_JSON_REPEATED_KEY']);
      expect(body.detail).toContain('"reading_score"');
    }
  });

  it('that is nested without end is a 400', async () => {
    for (const payload of [
      '['.repeat(400_000) + ']'.repeat(400_000),
      '{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000),
    ]) {
      const { status, body } = await send(payload);
      expect([status, body.code]).toEqual([400, 'SERVE_JSON_TOO_DEEP']);
    }
  });

  it('with __proto__ or constructor is refused by name and changes nothing', async () => {
    for (const key of ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty']) {
      const { status, body } = await send(good.replace('{', `{"${key}": {"polluted": true},`));
      expect(status).toBe(422);
      expect(body.errors).toMatchObject([{ field: key, pointer: `/${key}`, code: 'unknown-column' }]);
    }
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('cannot give a field through its prototype', async () => {
    const { reading_score: score, ...rest } = student;
    const { status, body } = await send(`{"__proto__": {"reading_score": ${score}}, ${JSON.stringify(rest).slice(1)}`);
    expect(status).toBe(422);
    expect(body.errors).toContainEqual(expect.objectContaining({ field: 'reading_score', code: 'missing' }));
  });

  it('with a very long text is answered with a short one', async () => {
    const { status, body } = await send(JSON.stringify({ ...student, lunch: 'x'.repeat(900_000) }));
    expect(status).toBe(422);
    expect(body.errors[0].value.length).toBeLessThanOrEqual(80);
  });

  it('with a very long key is answered with a short one', async () => {
    const { status, body } = await send(JSON.stringify({ ...student, ['k'.repeat(900_000)]: 1 }));
    expect(status).toBe(422);
    expect(body.errors[0].field.length).toBeLessThanOrEqual(80);
  });

  it('with a number beyond all numbers is refused', async () => {
    const { status, body } = await send(good.replace('72', '1e999'));
    expect([status, body.errors[0].field]).toEqual([422, 'reading_score']);
  });

  it('above the limit is a 413 that names the limit', async () => {
    const { status, body } = await send(`"${'x'.repeat(1_000_000)}"`);
    expect([status, body.code]).toEqual([413, 'SERVE_BODY_TOO_LARGE']);
    expect(body.detail).toContain('1000000 bytes');
  });

  it('of another type is a 415 that names the right one', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'multipart/form-data']) {
      const { status, body } = await send(good, { 'content-type': type });
      expect([status, body.code]).toEqual([415, 'SERVE_MEDIA_TYPE']);
      expect(body.detail).toContain('expected application/json');
    }
  });

  it('shorter than it says is a 400', async () => {
    expect((await send(good, { 'content-length': '5' })).status).toBe(400);
  });
});

describe('an odd but valid body', () => {
  it('may begin with a byte order mark', async () => {
    expect((await send(`\uFEFF${good}`)).body.prediction).toBe(studentScore);
  });

  it('may name its charset', async () => {
    expect((await send(good, { 'content-type': 'application/json; charset=utf-8' })).status).toBe(200);
  });

  it('may hold brackets, quotes and commas inside its texts', () => {
    expect(() =>
      checkJson(JSON.stringify({ a: '{"a":1,"a":2}[[', b: '\\"', c: ['a', 'a', { a: 1 }, { a: 1 }] })),
    ).not.toThrow();
  });

  it('is accepted whenever JSON.stringify wrote it, to the depth that is allowed', () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 10 }), (value) => checkJson(JSON.stringify(value, null, 1))));
  });
});

describe('any text at all', () => {
  it('is answered by 200 or by problem+json with a 4xx status, never by 500', async () => {
    const record = fc.record({
      gender: fc.constantFrom('female', 'male', 'x'),
      race_ethnicity: fc.constantFrom('group A', null),
      parental_level_of_education: fc.constant('high school'),
      lunch: fc.constantFrom('standard', 1),
      test_preparation_course: fc.constant('none'),
      reading_score: fc.oneof(fc.double(), fc.jsonValue()),
      writing_score: fc.nat(120),
    });
    const body = fc.oneof(
      fc.string(),
      fc.json(),
      record.map((value) => JSON.stringify(value)),
      fc.array(record).map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(body, async (payload) => {
        const answer = await send(payload);
        expect([200, 400, 422]).toContain(answer.status);
        const shape = answer.status === 200 ? {} : { status: answer.status, code: expect.any(String) };
        expect(answer.body).toMatchObject(shape);
      }),
      { numRuns: 200 },
    );
  });
});
