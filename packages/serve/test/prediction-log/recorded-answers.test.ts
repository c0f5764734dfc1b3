import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createServer, type ServerOptions } from '../../src/index.js';
import { examsBundle, student, studentScore } from '../exams-bundle.js';
import { newFolder } from './rows.js';

const bundle = await examsBundle();
const KEY = 'a secret that is long enough for a key';
const open: Awaited<ReturnType<typeof createServer>>[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
});

/** A server with a log of its own. */
async function logging(options: ServerOptions = {}) {
  const folder = await newFolder();
  const app = await createServer(bundle, { logLevel: 'silent', logPredictions: folder, ...options });
  open.push(app);
  const post = async (url: string, payload: unknown, type = 'application/json') => {
    const body = typeof payload === 'string' ? payload : JSON.stringify(payload);
    const response = await app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload: body });
    return { status: response.statusCode, body: response.json() };
  };
  const get = async (url: string) => (await app.inject(url)).json();
  /** Stops the server, then reads what its files hold. */
  const lines = async (kind = 'predictions'): Promise<readonly Record<string, unknown>[]> => {
    await app.close();
    const names = (await readdir(folder)).filter((name) => name.startsWith(kind));
    const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
    return texts.flatMap((text) => text.trimEnd().split('\n')).map((line) => JSON.parse(line));
  };
  return { app, folder, post, get, lines };
}

describe('a server that records its predictions', () => {
  it('writes down every answer of every address, under the ids that it gave, before it has stopped', async () => {
    const { app, post, lines } = await logging();
    const single = await post('/predict', student);
    const list = await post('/predict', [student, { ...student, reading_score: 82 }]);
    const api = await post('/api/predict', { instances: [student, Object.values(student)] });
    const invoked = await post('/invocations', { inputs: [student] });
    const form = await app.inject({
      method: 'POST',
      url: '/predictdata',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams(Object.entries(student).map(([key, value]) => [key, String(value)])).toString(),
    });
    const [, formId] = /This prediction is <code>([^<]+)</.exec(form.body) ?? [];
    const written = await lines();
    expect(written.map(({ id, route, prediction }) => [id, route, prediction])).toEqual([
      [single.body.id, 'predict', studentScore],
      [list.body.predictions[0].id, 'predict', studentScore],
      [list.body.predictions[1].id, 'predict', 79],
      [`${api.body.id}.0`, 'api-predict', studentScore],
      [`${api.body.id}.1`, 'api-predict', studentScore],
      [`${invoked.body.id}.0`, 'invocations', studentScore],
      [formId, 'form', studentScore],
    ]);
    const { interval, model } = single.body;
    expect(written[0]).toMatchObject({ v: 1, ...interval, model: model.name, version: model.version, inputs: student });
  });

  it('writes down nothing of what it refused', async () => {
    const { post, lines, folder } = await logging();
    expect((await post('/predict', { ...student, lunch: 'x' })).status).toBe(422);
    expect((await post('/predict', [])).status).toBe(200);
    await lines();
    expect(await readdir(folder)).toEqual([]);
  });

  it('leaves identifiers out unless it is told otherwise', async () => {
    const record = { ...student, student_id: 'S-17', math_score: 70 };
    const without = await logging();
    await without.post('/predict', record);
    expect(JSON.stringify(await without.lines())).not.toContain('S-17');
    const asked = await logging({ logIdentifiers: true });
    await asked.post('/predict', [record, student, { ...student, student_id: 17 }]);
    const written = await asked.lines();
    expect(written.map(({ identifiers }) => identifiers)).toEqual([
      { student_id: 'S-17' },
      undefined,
      { student_id: 17 },
    ]);
    expect(written[0]['inputs']).toEqual(student);
  });

  it('writes hashes that are equal for equal records, in any form, and that depend on the key', async () => {
    const { race_ethnicity: group, ...rest } = student;
    const hashes = [];
    for (const logKey of [KEY, KEY, `${KEY}!`]) {
      const { post, lines } = await logging({ logInputs: 'hashed', logKey });
      await post('/predict', student);
      await post('/predict', { ethnicity: group, ...rest });
      await post('/predict', { ...student, reading_score: 71 });
      const written = await lines();
      expect(JSON.stringify(written)).not.toContain('group B');
      hashes.push(written.map(({ inputsHash }) => inputsHash));
    }
    const [[same, alias, other], again, foreign] = hashes;
    expect(same).toMatch(/^[\da-f]{64}$/);
    expect([alias, again[0]]).toEqual([same, same]);
    expect(new Set([same, other, foreign[0]]).size).toBe(3);
  });

  it('writes no inputs at all where that is asked for', async () => {
    const { post, lines } = await logging({ logInputs: 'none' });
    await post('/predict', student);
    const [line] = await lines();
    expect(Object.keys(line)).toEqual([
      'v',
      'id',
      'givenAt',
      'route',
      'model',
      'version',
      'prediction',
      'lower',
      'upper',
      'level',
    ]);
  });

  it('does not start without a good key for hashes, and does not repeat a bad one', async () => {
    for (const options of [{}, { logKey: 'short' }]) {
      const start = createServer(bundle, { logPredictions: '/nowhere', logInputs: 'hashed', ...options });
      await expect(start).rejects.toMatchObject({ code: 'SERVE_OPTION', exitCode: 2 });
      await expect(start).rejects.not.toThrow(/short"|is short/);
    }
  });

  it('goes on answering where the folder cannot be made, counts it, and records as soon as it can', async () => {
    const place = join(await newFolder(), 'log');
    await writeFile(place, 'a file where the folder should be');
    const { app, post } = await logging({ logPredictions: place });
    const metrics = async () => (await app.inject('/metrics')).body;
    expect((await post('/predict', student)).status).toBe(200);
    await expect.poll(metrics).toMatch(/^scorecast_prediction_log_errors_total [1-9]/m);
    await rm(place);
    await expect.poll(metrics).toMatch(/^scorecast_prediction_log_written_total 1$/m);
  });

  it('counts for Prometheus', async () => {
    const { app, post } = await logging();
    await post('/predict', [student, student]);
    await expect
      .poll(async () => (await app.inject('/metrics')).body)
      .toMatch(/^scorecast_prediction_log_written_total 2$/m);
    const { body } = await app.inject('/metrics');
    expect(body).toMatch(/^scorecast_prediction_log_dropped_total 0$/m);
    expect(body).toMatch(/^scorecast_prediction_log_bytes_total [1-9]\d\d+$/m);
    expect(body).toMatch(/^scorecast_prediction_log_waiting 0$/m);
  });
});

describe('POST /outcomes', () => {
  it('takes one, a list, NDJSON and CSV, under either name, with what else an answer holds', async () => {
    const { post, lines } = await logging();
    const { predictions } = (await post('/predict', [student, student, student])).body;
    const [a, b, c] = predictions.map(({ id }: { id: string }) => id);
    expect(await post('/outcomes', { id: a, outcome: 71 })).toEqual({ status: 200, body: { recorded: 1, unknown: 0 } });
    const list = [
      { id: a, math_score: 72.5, at: '2026-06-30', prediction: 72 },
      { id: b, outcome: 0 },
    ];
    expect((await post('/outcomes', list)).body).toEqual({ recorded: 2, unknown: 0 });
    const jsonLines = `{"id":"${c}","outcome":100,"at":"2026-06-30T12:00:00+02:00"}\n`;
    expect((await post('/outcomes', jsonLines, 'application/x-ndjson')).status).toBe(200);
    expect((await post('/outcomes', `id,math_score,prediction\n${b},66,72\n`, 'text/csv')).status).toBe(200);
    expect((await lines('outcomes')).map(({ id, outcome, outcomeAt }) => [id, outcome, outcomeAt])).toEqual([
      [a, 71, undefined],
      [a, 72.5, '2026-06-30T00:00:00.000Z'],
      [b, 0, undefined],
      [c, 100, '2026-06-30T10:00:00.000Z'],
      [b, 66, undefined],
    ]);
  });

  it('keeps outcomes of predictions that it does not know, and says which', async () => {
    const { post, lines } = await logging();
    const strange = '019a1f2e-7b40-7000-9c41-5be02d6f8a17.3';
    expect((await post('/outcomes', [{ id: strange, outcome: 1 }])).body).toEqual({
      recorded: 1,
      unknown: 1,
      unknownIds: [strange],
    });
    expect(await lines('outcomes')).toHaveLength(1);
  });

  it('refuses all when one is wrong, and lists what is', async () => {
    const { post, folder } = await logging();
    const { id } = (await post('/predict', student)).body;
    const wrong = [
      { id, outcome: 101 },
      { id: 'S-17', outcome: 'x' },
      { outcome: 1, at: 'yesterday' },
      { id, math_score: 1, outcome: 2 },
      7,
      { id, outcome: 50, note: 'x' },
      { id },
    ];
    const { status, body } = await post('/outcomes', wrong);
    expect([status, body.code, body.errorCount]).toEqual([422, 'SERVE_OUTCOMES_INVALID', 9]);
    const found = body.errors.map(({ pointer, code }: { pointer: string; code: string }) => `${pointer} ${code}`);
    expect(found.sort()).toEqual([
      '/0/outcome out-of-range',
      '/1/id wrong-type',
      '/1/outcome wrong-type',
      '/2/at wrong-type',
      '/2/id missing',
      '/3/outcome duplicate-column',
      '/4 unreadable-row',
      '/5/note unknown-column',
      '/6/outcome missing',
    ]);
    expect((await readdir(folder)).filter((name) => name.startsWith('outcomes'))).toEqual([]);
  });

  it('is refused where nothing is recorded', async () => {
    const app = await createServer(bundle, { logLevel: 'silent' });
    open.push(app);
    const { id } = (await app.inject({ method: 'POST', url: '/predict', payload: student })).json();
    const sent = await app.inject({ method: 'POST', url: '/outcomes', payload: { id, outcome: 1 } });
    expect([sent.statusCode, sent.json().code]).toEqual([409, 'SERVE_LOG_OFF']);
    const asked = await app.inject(`/predictions/${id}`);
    expect([asked.statusCode, asked.json().code]).toEqual([409, 'SERVE_LOG_OFF']);
  });
});

describe('GET /predictions/{id}', () => {
  it('gives the record, its outcomes, the last one for good, and the same number again', async () => {
    const now = () => new Date('2026-11-20T12:00:00Z');
    const { post, get } = await logging({ now });
    const { id, prediction, interval, model } = (await post('/predict', student)).body;
    for (const outcome of [60, 60, 70]) await post('/outcomes', { id, outcome });
    expect(await get(`/predictions/${id}`)).toEqual({
      id,
      givenAt: '2026-11-20T12:00:00.000Z',
      route: 'predict',
      model,
      prediction,
      interval,
      inputs: student,
      outcome: 70,
      outcomes: [60, 70].map((outcome) => ({ outcome, recordedAt: '2026-11-20T12:00:00.000Z' })),
      replayed: { prediction: studentScore, equal: true },
    });
  });

  it('does not compute again what another bundle gave, or what was not written down', async () => {
    const { post, folder } = await logging();
    const { id } = (await post('/predict', student)).body;
    await open[0].close();
    const other = await examsBundle({ name: 'other' });
    const app = await createServer(other, { logLevel: 'silent', logPredictions: folder, logInputs: 'none' });
    open.push(app);
    expect((await app.inject(`/predictions/${id}`)).json()).not.toHaveProperty('replayed');
    const own = (await app.inject({ method: 'POST', url: '/predict', payload: student })).json().id;
    const answer = (await app.inject(`/predictions/${own}`)).json();
    expect([answer.prediction, answer.inputs, answer.replayed]).toEqual([studentScore, undefined, undefined]);
  });

  it('is a 404 for an id that nobody was given', async () => {
    const { get } = await logging();
    for (const id of ['7', '019a1f2e-7b40-7000-9c41-5be02d6f8a17', '..%2f..%2fetc%2fpasswd']) {
      expect(await get(`/predictions/${id}`)).toMatchObject({ status: 404, code: 'SERVE_PREDICTION_UNKNOWN' });
    }
  });
});
