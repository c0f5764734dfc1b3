import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRun } from '../../src/store/create-run.js';
import { trackError } from '../../src/track-error.js';
import { openServer, type ServerInTest } from './open-server.js';
import { readTranscript, Replay } from './replay.js';

const HOST = { host: 'localhost' };
const CREATE = '/api/2.0/mlflow/experiments/create';

describe('a request', () => {
  let server: ServerInTest;
  beforeEach(async () => {
    server = await openServer();
  });
  afterEach(async () => {
    await server.close();
  });

  it('has to name its content type when it is a POST', async () => {
    const response = await server.app.inject({ method: 'POST', url: CREATE, headers: HOST });
    expect(response.statusCode).toBe(400);
    expect(response.json().message).toBe('Bad Request. Content-Type header is missing.');
  });

  it('may be a HEAD where it may be a GET', async () => {
    const url = '/api/2.0/mlflow/experiments/get?experiment_id=0';
    const response = await server.app.inject({ method: 'HEAD', url, headers: HOST });
    expect([response.statusCode, response.body]).toEqual([200, '']);
  });

  it('is refused with 413 when its JSON is too large', async () => {
    await server.close();
    server = await openServer({ bodyLimitBytes: 1000 });
    const payload = { name: 'x'.repeat(1000) };
    const response = await server.app.inject({ method: 'POST', url: CREATE, headers: HOST, payload });
    expect(response.statusCode).toBe(413);
    expect(response.json()).toEqual({
      error_code: 'BAD_REQUEST',
      message: 'The body is larger than 1000 bytes; send several requests.',
    });
  });

  it('does not reach through names that every object has', async () => {
    const headers = { ...HOST, 'content-type': 'application/json' };
    const payload = '{"name": "plain", "__proto__": {"tags": "a"}, "constructor": 1}';
    const response = await server.app.inject({ method: 'POST', url: CREATE, headers, payload });
    expect(response.json()).toEqual({ experiment_id: '1' });
  });

  it('may ask what the server can do', async () => {
    const response = await server.app.inject({ url: '/api/3.0/mlflow/server-info', headers: HOST });
    expect(response.json()).toMatchObject({ store_type: 'SqlStore', multipart_uploads_enabled: false });
  });

  it('keeps its own id for the log and the answer', async () => {
    const response = await server.app.inject({ url: '/health', headers: { ...HOST, 'x-request-id': 'mine-7' } });
    expect(response.headers['x-request-id']).toBe('mine-7');
  });

  it('leaves one line in the log, without its values', async () => {
    const lines: string[] = [];
    const logged = await openServer({ logLevel: 'info', logStream: { write: (line) => lines.push(line) } });
    const url = '/api/2.0/mlflow/experiments/get-by-name?experiment_name=secret';
    await logged.app.inject({ url, headers: HOST });
    await logged.close();
    const requests = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request answered');
    expect(requests).toMatchObject([{ method: 'GET', path: '/api/2.0/mlflow/experiments/get-by-name', status: 404 }]);
    expect(lines.join('')).not.toContain('secret');
  });

  it('hears nothing of what failed inside, which the log tells', async () => {
    const lines: string[] = [];
    const artifactsAt = () => {
      throw new Error('an inner secret');
    };
    const logStream = { write: (line: string) => lines.push(line) };
    const broken = await openServer({ artifactsAt, logLevel: 'error', logStream });
    const { info } = await createRun(broken.store, {});
    const url = `/api/2.0/mlflow/artifacts/list?run_id=${info.runId}`;
    const response = await broken.app.inject({ url, headers: { ...HOST, 'x-request-id': 'failing' } });
    expect(response.statusCode).toBe(500);
    expect(response.json()).toEqual({
      error_code: 'INTERNAL_ERROR',
      message: 'Something failed inside the server; it was logged under the id failing.',
    });
    expect(JSON.parse(lines[0])).toMatchObject({
      reqId: 'failing',
      msg: 'request failed',
      err: { message: 'an inner secret' },
    });
    await broken.close();
  });

  it('finds its steps in JSON and gzip too', async () => {
    const span = {
      traceId: 'AB'.repeat(16),
      spanId: '01'.repeat(8),
      name: 'answer',
      startTimeUnixNano: '1600000000000000001',
      endTimeUnixNano: '1600000000005000001',
      attributes: [
        { key: 'score', value: { doubleValue: 1 } },
        { key: 'count', value: { intValue: '3' } },
      ],
      status: { code: 2, message: 'no' },
    };
    const sent = await server.app.inject({
      method: 'POST',
      url: '/v1/traces',
      headers: {
        ...HOST,
        'content-type': 'application/json',
        'content-encoding': 'gzip',
        'x-mlflow-experiment-id': '0',
      },
      payload: gzipSync(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] })),
    });
    expect([sent.statusCode, sent.json()]).toEqual([200, {}]);
    const url = `/api/3.0/mlflow/traces/batchGet?trace_ids=tr-${'ab'.repeat(16)}`;
    const { body } = await server.app.inject({ url, headers: HOST });
    expect(body).toContain('"start_time_unix_nano":1600000000000000001,"end_time_unix_nano":1600000000005000001');
    expect(JSON.parse(body).traces[0]).toMatchObject({
      trace_info: { state: 'ERROR', execution_duration: '0.005s' },
      spans: [
        {
          attributes: [
            { key: 'mlflow.traceRequestId' },
            { key: 'score', value: { double_value: 1 } },
            { key: 'count', value: { int_value: 3 } },
          ],
        },
      ],
    });
  });
});

describe('access', () => {
  it('is asked for every request but those of monitors', async () => {
    const refuse = () => Promise.reject(trackError('UNAUTHENTICATED', { message: 'who are you?' }));
    const server = await openServer({ access: { isOpen: false, authorise: refuse } });
    const replay = new Replay(server.app);
    const open = [];
    for (const { steps } of readTranscript()) {
      for (const { keep: _keep, ...step } of steps) {
        const { status } = await replay.send(step);
        if (status !== 401 && status !== 404) open.push(`${step.method} ${step.url}`);
      }
    }
    expect(open).toEqual(['GET /health', 'GET /version']);
    await server.close();
  });

  it('is asked for the role of a viewer to read and of an editor to write', async () => {
    const asked: string[] = [];
    const access = {
      isOpen: true,
      authorise: async ({ method }: { readonly method: string }, needed: string) => {
        asked.push(`${needed} ${method}`);
        return { subject: 'ada', role: 'admin', via: 'open' } as const;
      },
    };
    const server = await openServer({ access });
    const replay = new Replay(server.app);
    for (const { steps } of readTranscript()) for (const step of steps) await replay.send(step);
    expect([...new Set(asked)].sort()).toEqual([
      'editor DELETE',
      'editor PATCH',
      'editor POST',
      'editor PUT',
      'viewer GET',
      // Searches whose conditions do not fit into an address.
      'viewer POST',
    ]);
    await server.close();
  });
});
