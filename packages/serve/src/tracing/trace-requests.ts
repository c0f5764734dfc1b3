import { ROOT_CONTEXT, SpanKind, SpanStatusCode, type Span } from '@opentelemetry/api';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { VERSION } from '../version.js';

/** How long stopping waits for spans to be sent. */
const FLUSH_MS = 3000;

const propagator = new W3CTraceContextPropagator();
const headersOf = { get: ({ headers }: FastifyRequest, key: string) => headers[key], keys: () => [] };

/**
 * Sends a span for every request to an OpenTelemetry collector (OTLP over HTTP), as a part of the caller's trace where it
 * sent one. Spans hold what the request log holds, and which model answered: no values. Sending is beside the requests; what
 * a collector does not take is dropped.
 *
 * The usual variables count: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES, OTEL_TRACES_SAMPLER, OTEL_EXPORTER_OTLP_HEADERS.
 *
 * @param endpoint The collector's base, such as `http://localhost:4318`; spans go to its `/v1/traces`.
 */
export function traceRequests(app: FastifyInstance, endpoint: string): void {
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const named = resourceFromAttributes({ 'service.name': 'scorecast', 'service.version': VERSION });
  const resource = defaultResource()
    .merge(named)
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('scorecast', VERSION);
  const spans = new WeakMap<FastifyRequest, Span>();

  app.addHook('onRequest', (request, _reply, done) => {
    const parent = propagator.extract(ROOT_CONTEXT, request, headersOf);
    const route = request.routeOptions.url;
    const { method } = request;
    const options = {
      kind: SpanKind.SERVER,
      attributes: { 'http.request.method': method, ...(route === undefined ? {} : { 'http.route': route }) },
    };
    spans.set(request, tracer.startSpan(route === undefined ? method : `${method} ${route}`, options, parent));
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    const { bundle } = request.model;
    span?.setAttributes({
      'http.response.status_code': reply.statusCode,
      'scorecast.request.id': request.id,
      'scorecast.model.name': bundle.name,
      'scorecast.model.version': bundle.version,
    });
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
  app.addHook('onClose', async () => {
    const sent = provider.shutdown().catch((error: unknown) => {
      app.log.warn({ err: error }, 'the last spans were not sent');
    });
    await Promise.race([sent, new Promise((resolve) => setTimeout(resolve, FLUSH_MS).unref())]);
  });
}
