import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, it } from 'vitest';
import { createServer, startServer } from '../src/index.js';
import { examsBundle, examsSchema, student, studentScore } from './exams-bundle.js';

const bundle = await examsBundle();
const app = await createServer(bundle, { logLevel: 'silent', batchMaxRows: 20_000 });
const CSV = 'text/csv; charset=utf-8';
const PARQUET = 'application/vnd.apache.parquet';

// A place of its own for the files that are being scored: what is left there was forgotten.
const place = mkdtempSync(join(tmpdir(), 'scorecast-batch-test-'));
process.env['TMPDIR'] = place;
afterAll(() => {
  rmSync(place, { recursive: true });
});

const header = ['name', ...Object.keys(student)].join(',');
const row = (name: string, changes: object = {}) => [name, ...Object.values({ ...student, ...changes })].join(',');

async function send(payload: string | Buffer, type = 'text/csv', url = '/batch') {
  const response = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
  return { status: response.statusCode, headers: response.headers, text: response.body, bytes: response.rawPayload };
}

describe('POST /batch', () => {
  it('gives a CSV file back with predictions and intervals, and other columns as they are', async () => {
    const { status, headers, text } = await send(
      `${header}\n${row('"Müller, Ada"')}\n${row('Bob', { reading_score: 82 })}\n`,
    );
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': CSV,
      'content-disposition': 'attachment; filename="predictions.csv"',
      'x-scorecast-rows': '2',
      'x-scorecast-refused-rows': '0',
      'x-scorecast-model': `exams ${bundle.version}`,
    });
    const [first, ada, bob] = text.split('\r\n');
    expect(first).toBe(`${header},prediction_id,prediction,lower,upper,problems`);
    const [id] = /[\da-f-]{36}\.0/.exec(ada) ?? [];
    expect(ada).toBe(`${row('"Müller, Ada"')},${id},${studentScore},${studentScore - 8.9},${studentScore + 8.9},`);
    expect(bob).toContain(',79,');
  });

  it('says what is wrong beside the rows that it cannot predict, and predicts the others', async () => {
    const { headers, text } = await send(
      [header, row('Ada', { lunch: 'free' }), row('Bob'), row('Cleo', { reading_score: '', writing_score: 101 })].join(
        '\n',
      ),
    );
    expect(headers['x-scorecast-refused-rows']).toBe('2');
    const [, ada, bob, cleo] = text.split('\r\n');
    expect(ada).toContain(',,,,,"column ""lunch"": ""free"" is not a known level');
    expect(bob).toContain(`,${studentScore},`);
    expect(cleo).toMatch(/reading_score"": no value .*; column ""writing_score"": ""101"" is out of range/);
  });

  it('keeps the predictions of a long file in the order of its rows', async () => {
    const rows = Array.from({ length: 12_000 }, (_, i) => row(`p${i}`, { reading_score: i % 101 }));
    const { text } = await send([header, ...rows].join('\n'));
    const lines = text.trimEnd().split('\r\n').slice(1);
    expect(lines).toHaveLength(12_000);
    lines.forEach((line, i) => {
      const cells = line.split(',');
      expect(cells[0]).toBe(`p${i}`);
      expect(Number(cells.at(-4))).toBeCloseTo(Math.min(100, studentScore + 0.7 * ((i % 101) - 72)), 9);
    });
  });

  it('reads semicolons, decimal commas and a byte order mark, as Excel writes them', async () => {
    const lines = [header, row('Ada', { reading_score: '72,5' })].map((line, i) =>
      i === 0
        ? `\uFEFF${line.replaceAll(',', ';')}`
        : line.replace('72,5', '72#5').replaceAll(',', ';').replace('#', ','),
    );
    const { text } = await send(lines.join('\r\n'), 'text/csv', '/batch?decimalComma=true');
    expect(text.split('\r\n')[1]).toMatch(/;72,35;63,4\d*;81,2\d*;$/);
  });

  it('gives a Parquet file back with its own columns and types', async () => {
    const numbers = [72, 82, 172];
    const file = parquetWriteBuffer({
      columnData: [
        { name: 'student_id', data: [1n, 2n, 3n], type: 'INT64' },
        ...Object.entries(student).map(([name, value]) => ({
          name,
          data: numbers.map((number) => (name === 'reading_score' ? number : value)),
          ...(typeof value === 'string' ? { type: 'STRING' as const } : { type: 'INT32' as const }),
        })),
      ],
      rowGroupSize: 2,
    });
    const { status, headers, bytes } = await send(Buffer.from(file), PARQUET);
    expect([status, headers['content-type'], headers['x-scorecast-refused-rows']]).toEqual([200, PARQUET, '1']);
    const rows = await parquetReadObjects({ file: Uint8Array.from(bytes).buffer });
    expect(rows[1]).toEqual({
      student_id: 2n,
      ...student,
      reading_score: 82,
      prediction_id: expect.stringMatching(/\.1$/),
      prediction: 79,
      lower: 79 - 8.9,
      upper: 79 + 8.9,
      problems: null,
    });
    expect(rows[2]).toMatchObject({ prediction: null, problems: expect.stringContaining('"172" is out of range') });
  });

  it.each([
    ['nothing', '', 400, 'SERVE_BATCH_NO_FILE'],
    ['a missing column', `gender\nfemale\n`, 422, 'it has no column "race_ethnicity"'],
    ['a column twice', `${header},ethnicity\n${row('Ada')},group A\n`, 422, 'are the same field'],
    ['a column named as an added one', `${header},lower\n${row('Ada')},1\n`, 422, 'rename or remove it'],
    ['a ragged row', `${header}\n${row('Ada')},1\n`, 422, 'line 2 has 9 cells (expected 8'],
    ['an open quote', `${header}\n${row('"Ada')}\n`, 400, 'a quote is never closed in line 2'],
    ['a row without end', `${header}\n"${'x'.repeat(2 ** 20 + 1)}`, 422, 'more than a million characters'],
    ['more rows than are scored', `${header}\n${`${row('Ada')}\n`.repeat(20_001)}`, 413, 'more than 20000 rows'],
    ['a workbook', 'PK\u0003\u0004 and so on', 422, 'an Excel workbook'],
    ['damaged Parquet', 'PAR1 and then nothing of the kind PAR1', 422, 'expected a Parquet file'],
  ])('refuses %s before it answers anything', async (_, payload, status, detail) => {
    const answer = await send(payload);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(detail.replaceAll('"', '\\"'));
  });

  it('refuses bytes that are not UTF-8', async () => {
    const { status, text } = await send(Buffer.from(`${header}\n${row('Mühe')}\n`, 'latin1'));
    expect([status, text.includes('it is not UTF-8')]).toEqual([422, true]);
  });

  it('says its limit when a file is too large, as a body and in a form', async () => {
    const small = await createServer(bundle, { logLevel: 'silent', batchLimitBytes: 100_000 });
    const payload = `${header}\n${`${row('Ada')}\n`.repeat(5000)}`;
    for (const [type, body] of [
      ['text/csv', payload],
      ['multipart/form-data; boundary=x', formBody(payload)],
    ]) {
      const response = await small.inject({
        method: 'POST',
        url: '/batch',
        payload: body,
        headers: { 'content-type': type },
      });
      expect([
        response.statusCode,
        response.body.includes('100000 bytes') || response.body.includes('--batch-limit'),
      ]).toEqual([413, true]);
    }
  });

  it('tells the tenth file at once when to come again', async () => {
    const busy = await createServer(bundle, { logLevel: 'silent' });
    const payload = `${header}\n${`${row('Ada')}\n`.repeat(2000)}`;
    const headers = { 'content-type': 'text/csv' };
    const ask = () => busy.inject({ method: 'POST', url: '/batch', payload, headers });
    const answers = await Promise.all(Array.from({ length: 12 }, ask));
    const refused = answers.filter(({ statusCode }) => statusCode === 503);
    expect(refused).toHaveLength(3);
    for (const answer of refused) expect(answer.headers['retry-after']).toBe('10');
  });

  it('counts the rows for /metrics', async () => {
    const counting = await createServer(bundle, { logLevel: 'silent' });
    const payload = [header, row('Ada'), row('Bob', { lunch: 'free' })].join('\n');
    await counting.inject({ method: 'POST', url: '/batch', payload, headers: { 'content-type': 'text/csv' } });
    const { body } = await counting.inject('/metrics');
    expect(body).toContain('scorecast_prediction_count 1\n');
    expect(body).toContain('scorecast_input_problems_total{feature="lunch",code="unknown-level"} 1\n');
  });

  it('leaves no file behind, whatever came of it', async () => {
    await send(`${header}\n${row('Ada')}\n`);
    await send('gender\nfemale\n');
    expect(readdirSync(place)).toEqual([]);
  });

  it('ends the work of a caller who goes away', async () => {
    const server = await startServer(bundle, { port: 0, logLevel: 'silent' });
    const { hostname, port } = new URL(server.url);
    const payload = `${header}\n${`${row('Ada')}\n`.repeat(100_000)}`;
    const socket = connect(Number(port), hostname);
    const head = `POST /batch HTTP/1.1\r\nhost: x\r\ncontent-type: text/csv\r\ncontent-length: ${payload.length}`;
    socket.write(`${head}\r\n\r\n${payload}`);
    // The answer is begun: its rows are being scored.
    const isScoring = () =>
      readdirSync(place, { encoding: 'utf8', recursive: true }).some((name) => name.endsWith('target'));
    await expect.poll(isScoring, { interval: 5 }).toBe(true);
    socket.destroy();
    await expect.poll(() => readdirSync(place), { timeout: 10_000 }).toEqual([]);
    expect((await fetch(`${server.url}/health`)).status).toBe(200);
    await server.close();
  });
});

describe('/predictfile', () => {
  it('has a form for a file, its limits, and the columns that it needs', async () => {
    const { body } = await app.inject('/predictfile');
    expect(body).toContain('enctype="multipart/form-data"');
    expect(body).toContain('20,000 rows');
    for (const { name } of examsSchema.features) expect(body).toContain(`<code>${name}</code>`);
  });

  it('answers the form with the file, and its own example without a problem', async () => {
    const template = await app.inject('/predictfile/template.csv');
    expect(template.headers['content-disposition']).toBe('attachment; filename="exams.csv"');
    const { status, text } = await send(formBody(template.body), 'multipart/form-data; boundary=x', '/predictfile');
    expect([status, text.split('\r\n')[1].split(',').at(-4)]).toEqual([200, String(studentScore)]);
  });

  it.each([
    ['without a file', '--x\r\ncontent-disposition: form-data; name="other"\r\n\r\n1\r\n--x--\r\n', 400],
    ['that breaks off', '--x\r\ncontent-disposition: form-data; name="file"; filename="a.csv"\r\n\r\ngender', 400],
    ['whose file cannot be scored', formBody('gender\nfemale\n'), 422],
  ])('answers a form %s with a page', async (_, payload, status) => {
    const answer = await send(payload, 'multipart/form-data; boundary=x', '/predictfile');
    expect([answer.status, answer.headers['content-type']]).toEqual([status, 'text/html; charset=utf-8']);
  });
});

/** A form with one file, as a browser sends it. */
function formBody(content: string): string {
  const head = 'content-disposition: form-data; name="file"; filename="class.csv"\r\ncontent-type: text/csv';
  return `--x\r\n${head}\r\n\r\n${content}\r\n--x--\r\n`;
}
