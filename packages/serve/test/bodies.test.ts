import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { splitCsv } from '../src/input/split-csv.js';
import { createServer } from '../src/index.js';
import { examsBundle, student, studentScore } from './exams-bundle.js';

const app = await createServer(await examsBundle(), { logLevel: 'silent', maxRecords: 3 });

async function send(type: string, payload: string) {
  const response = await app.inject({ method: 'POST', url: '/predict', headers: { 'content-type': type }, payload });
  return { status: response.statusCode, body: response.json() };
}

const header = Object.keys(student).join(',');
const line = Object.values(student).join(',');

describe('POST /predict with CSV', () => {
  it('answers a list in the order of the lines', async () => {
    const { status, body } = await send('text/csv', `${header}\n${line}\n${line.replace(',72,', ',82,')}\n`);
    expect(status).toBe(200);
    expect(body.predictions).toMatchObject([{ prediction: studentScore }, { prediction: 79 }]);
  });

  it('reads quotes, CRLF, a byte order mark, aliases, identifiers and the target', async () => {
    const names = `\uFEFFstudent_id,${header.replace('race_ethnicity', 'race/ethnicity')},math_score`;
    const { status, body } = await send('text/csv; charset=utf-8', `${names}\r\nS1,"female"${line.slice(6)},\r\n`);
    expect([status, body.predictions?.length]).toEqual([200, 1]);
  });

  it('points to each wrong cell by its line', async () => {
    const { status, body } = await send('text/csv', `${header}\n${line}\n${line.replace(',72,', ',1000,')}`);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ pointer: '/1/reading_score', code: 'out-of-range' }]);
    expect(body.errors[0].detail).toContain('row 2');
  });

  it('takes an empty cell for a missing value, which is no 0', async () => {
    const { body } = await send('text/csv', `${header}\n${line.replace(/74$/, '')}`);
    expect(body.errors).toMatchObject([{ pointer: '/0/writing_score', code: 'missing' }]);
  });

  it('names a wrong column once, however many lines there are', async () => {
    const { status, body } = await send('text/csv', `${header},mood\n${line},x\n${line},x`);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field: 'mood', pointer: '/mood', code: 'unknown-column' }]);
  });

  it('refuses a column that is there twice and lines of another length', async () => {
    const twice = await send('text/csv', `${header},gender\n${line},male`);
    expect(twice.body.errors).toMatchObject([{ field: 'gender', code: 'duplicate-column' }]);
    const ragged = await send('text/csv', `${header}\n${line},1`);
    expect(ragged.body.errors).toMatchObject([{ code: 'ragged-row', pointer: '/0', value: 'the line has 8 cells' }]);
  });

  it('refuses quotes that do not match, and nothing at all', async () => {
    for (const payload of [`${header}\n"female`, `${header}\nfe"male`, `${header}\n"fe"male`, '\n']) {
      const { status, body } = await send('text/csv', payload);
      expect([status, body.code]).toEqual([400, 'SERVE_CSV_UNREADABLE']);
    }
  });

  it('keeps to the limit of records', async () => {
    const { status, body } = await send('text/csv', [header, line, line, line, line].join('\n'));
    expect([status, body.code]).toEqual([413, 'SERVE_TOO_MANY_RECORDS']);
  });
});

describe('splitCsv', () => {
  it('gives back every table that was written by the rules', () => {
    const cell = fc.oneof(fc.constant(null), fc.string(), fc.constantFrom('a,b', 'x"y', 'two\nlines', '\r\n', ''));
    const table = fc.integer({ min: 2, max: 4 }).chain((width) => {
      const row = fc.array(cell, { minLength: width, maxLength: width });
      return fc.array(row, { minLength: 1, maxLength: 5 });
    });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), fc.boolean(), (rows, end, last) => {
        const quoted = (text: string | null) => (text === null ? '' : `"${text.replaceAll('"', '""')}"`);
        const text = rows.map((row) => row.map(quoted).join(',')).join(end) + (last ? end : '');
        expect(splitCsv(text)).toEqual(rows);
      }),
    );
  });
});

describe('POST /predict with NDJSON', () => {
  it('answers a list, one record per line, whatever its type is called', async () => {
    const payload = `${JSON.stringify(student)}\n\n${JSON.stringify({ ...student, reading_score: 82 })}\n`;
    for (const type of ['application/x-ndjson', 'application/jsonl', 'application/x-jsonlines; charset=utf-8']) {
      const { status, body } = await send(type, payload);
      expect(status).toBe(200);
      expect(body.predictions).toMatchObject([{ prediction: studentScore }, { prediction: 79 }]);
    }
  });

  it('names the line that is no JSON', async () => {
    const { status, body } = await send('application/x-ndjson', `${JSON.stringify(student)}\n{oops`);
    expect([status, body.code]).toEqual([400, 'SERVE_LINE_UNREADABLE']);
    expect(body.detail).toContain('line 2');
  });

  it('points to wrong values by record', async () => {
    const { status, body } = await send('application/x-ndjson', `${JSON.stringify(student)}\n{"gender":"x"}`);
    expect(status).toBe(422);
    expect(body.errors[0]).toMatchObject({ pointer: '/1/gender', code: 'unknown-level' });
  });
});

it('POST /predict names the media types that it reads', async () => {
  const { status, body } = await send('text/plain', 'x');
  expect(status).toBe(415);
  expect(body.detail).toContain('application/json, application/x-ndjson or text/csv');
});
