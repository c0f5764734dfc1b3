import { describe, expect, it } from 'vitest';
import { createServer } from '../src/index.js';
import { examsBundle, student } from './exams-bundle.js';

const TRACE_ID = '4bf92f3577b34da6a3ce929d0e0e4736';

/** A server whose log lines can be read. */
async function logged(changes: Parameters<typeof examsBundle>[0] = {}) {
  const lines: string[] = [];
  const logStream = { write: (line: string) => void lines.push(line) };
  return { app: await createServer(await examsBundle(changes), { logStream }), lines };
}

describe('the log', () => {
  it('has one line of JSON per answered request', async () => {
    const { app, lines } = await logged();
    await app.inject({
      method: 'POST',
      url: '/predict?reading=72',
      payload: student,
      headers: { 'x-request-id': 'a1' },
    });
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0])).toMatchObject({
      name: 'scorecast',
      reqId: 'a1',
      method: 'POST',
      path: '/predict',
      status: 200,
      durationMs: expect.any(Number),
      msg: 'request answered',
    });
  });

  it.each([
    ['google', { severity: 'INFO', message: 'request answered', httpRequest: { status: 200, requestMethod: 'POST' } }],
    ['google', { reqId: 'a1', 'logging.googleapis.com/trace': TRACE_ID, time: expect.stringMatching(/Z$/) }],
    ['azure', { severityLevel: 1, requestId: 'a1', operation_Id: TRACE_ID, resultCode: '200', success: true }],
    ['aws', { level: 'INFO', requestId: 'a1', message: 'request answered', timestamp: expect.stringMatching(/Z$/) }],
    ['json', { level: 30, reqId: 'a1', traceId: TRACE_ID, time: expect.any(Number) }],
  ] as const)('speaks the language of %s', async (logFormat, expected) => {
    const lines: string[] = [];
    const logStream = { write: (line: string) => void lines.push(line) };
    const app = await createServer(await examsBundle(), { logFormat, logStream });
    const headers = { 'x-request-id': 'a1', traceparent: `00-${TRACE_ID}-00f067aa0ba902b7-01` };
    await app.inject({ method: 'POST', url: '/predict', payload: student, headers });
    expect(JSON.parse(lines[0])).toMatchObject(expected);
  });

  it('never holds an input value, not even of a request that is refused', async () => {
    const { app, lines } = await logged();
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    await app.inject({ method: 'POST', url: '/predict', payload: { ...student, lunch: 'SECRET' } });
    await app.inject({ method: 'POST', url: '/predict', payload: { ...student, SECRET: 'SECRET' } });
    await app.inject({ method: 'POST', url: '/predictdata?x=SECRET', payload: 'lunch=SECRET', headers: form });
    await app.inject({
      method: 'POST',
      url: '/predict',
      payload: '{"SECRET',
      headers: { 'content-type': 'application/json' },
    });
    await app.inject('/nothing?name=SECRET');
    expect(lines.length).toBeGreaterThanOrEqual(5);
    expect(lines.join('')).not.toContain('SECRET');
    expect(lines.map((line) => JSON.parse(line).code)).toContain('SERVE_INPUT_INVALID');
  });

  it('has the cause of a failure that the client is not told', async () => {
    const schema = (await examsBundle()).schema;
    const features = schema.features.map((feature) => ({ ...feature, optional: true }));
    const { app, lines } = await logged({ schema: { ...schema, features } });
    const { reading_score: _left, ...rest } = student;
    const response = await app.inject({ method: 'POST', url: '/predict', payload: rest });
    expect(response.statusCode).toBe(500);
    expect(response.body).not.toMatch(/imputation|at .*\.[jt]s/);
    const failure = lines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'request failed');
    expect(failure).toMatchObject({
      level: 50,
      reqId: response.headers['x-request-id'],
      err: { code: 'SERVE_NO_NUMBER' },
    });
  });
});
