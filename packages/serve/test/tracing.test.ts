import { createServer as createHttpServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startServer } from '../src/index.js';
import { examsBundle, student } from './exams-bundle.js';

interface Attribute {
  readonly key: string;
  readonly value: { readonly stringValue?: string; readonly intValue?: number };
}

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly parentSpanId?: string;
  readonly attributes: readonly Attribute[];
}

/** What a collector is sent, as OTLP has it in JSON. */
interface SentSpans {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly Attribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly SentSpan[] }[];
  }[];
}

const bundle = await examsBundle();

describe('tracing', () => {
  const received: { path: string | undefined; body: SentSpans; bytes: string }[] = [];
  let collector: Server;
  let endpoint = '';

  beforeAll(async () => {
    collector = createHttpServer((request, response) => {
      void text(request).then((body) => {
        received.push({ path: request.url, body: JSON.parse(body), bytes: body });
        response.end('{}');
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, '127.0.0.1', resolve));
    const address = collector.address();
    endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });

  afterAll(() => {
    collector.close();
  });

  it('sends a span of every request, as a part of the caller’s trace, before the server is closed', async () => {
    vi.stubEnv('OTEL_RESOURCE_ATTRIBUTES', 'deployment.environment=school');
    const server = await startServer(bundle, { port: 0, logLevel: 'silent', traceEndpoint: endpoint });
    vi.unstubAllEnvs();
    const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';
    const traceparent = `00-${traceId}-00f067aa0ba902b7-01`;
    const headers = { 'content-type': 'application/json', traceparent };
    await fetch(`${server.url}/predict`, { method: 'POST', body: JSON.stringify(student), headers });
    await fetch(`${server.url}/nowhere`);
    await server.close();

    const [{ path, body, bytes }] = received;
    expect(path).toBe('/v1/traces');
    const [{ resource, scopeSpans }] = body.resourceSpans;
    expect(valueOf(resource.attributes, 'service.name')).toBe('scorecast');
    expect(valueOf(resource.attributes, 'deployment.environment')).toBe('school');
    const [predict, nowhere] = scopeSpans[0].spans;
    expect(predict).toMatchObject({ name: 'POST /predict', traceId, parentSpanId: '00f067aa0ba902b7' });
    expect(valueOf(predict.attributes, 'http.response.status_code')).toBe(200);
    expect(valueOf(predict.attributes, 'scorecast.model.version')).toBe(bundle.version);
    expect(nowhere.name).toBe('GET');
    expect(nowhere.traceId).not.toBe(traceId);
    expect(bytes).not.toContain('group B');
  });

  it('lets predictions be given, and the server close, when there is no collector', async () => {
    const traceEndpoint = 'http://127.0.0.1:9';
    const server = await startServer(bundle, { port: 0, logLevel: 'silent', traceEndpoint });
    const { status } = await fetch(`${server.url}/health`);
    await server.close();
    expect(status).toBe(200);
  });
});

function valueOf(attributes: readonly Attribute[], key: string) {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  return value?.stringValue ?? value?.intValue;
}
