import { gunzipSync } from 'node:zlib';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { getTraceSpans, logSpans } from '../../store/spans.js';
import { getTraceInfo } from '../../store/traces.js';
import { trackError } from '../../track-error.js';
import { exactJson } from '../otlp/exact-json.js';
import { type OtlpSpan } from '../otlp/otlp-span.js';
import { readOtlpJson } from '../otlp/read-otlp-json.js';
import { readOtlpProtobuf } from '../otlp/read-otlp-protobuf.js';
import { storedSpan } from '../otlp/stored-span.js';
import { required, texts } from '../request/fields.js';
import { requestFields, requestQuery } from '../request/request-fields.js';
import { guard, type ServerContext } from '../server-context.js';
import { wireSpan } from '../wire/span.js';
import { wireTraceInfo } from '../wire/trace.js';

const PROTOBUF = 'application/x-protobuf';

/** The steps of traces: taken in by OpenTelemetry's protocol, and given out. Their times need all digits of 64 bits. */
export function addTraceSpanRoutes(app: FastifyInstance, context: ServerContext): void {
  const { store } = context;
  for (const prefix of ['api', 'ajax-api']) {
    app.get(
      `/${prefix}/3.0/mlflow/traces/batchGet`,
      { onRequest: guard(context, 'viewer') },
      async (request, reply) => {
        const traceIds = required(texts, requestFields(request), 'trace_ids');
        const spans = await getTraceSpans(store, traceIds);
        const traces = [];
        for (const traceId of traceIds) {
          const info = wireTraceInfo(await getTraceInfo(store, traceId));
          traces.push({ trace_info: info, spans: (spans.get(traceId) ?? []).map(wireSpan) });
        }
        return reply.type('application/json').send(exactJson({ traces }));
      },
    );
  }
  app.get(
    '/ajax-api/2.0/mlflow/get-trace-artifact',
    { onRequest: guard(context, 'viewer') },
    async (request, reply) => {
      const traceId = requestQuery(request).get('request_id') ?? '';
      if (traceId === '') {
        throw trackError('BAD_REQUEST', { message: 'Request must include the "request_id" query parameter.' });
      }
      const spans = await getTraceSpans(store, [traceId]);
      const contents = (spans.get(traceId) ?? []).map(({ content }) => content);
      return reply
        .header('content-disposition', 'attachment; filename=traces.json')
        .type('text/plain')
        .send(`{"spans": [${contents.join(', ')}]}`);
    },
  );
  app.post('/v1/traces', { onRequest: guard(context, 'editor') }, async (request, reply) => {
    const experimentId = request.headers['x-mlflow-experiment-id'];
    if (typeof experimentId !== 'string' || experimentId === '') {
      throw refused('The header x-mlflow-experiment-id is missing.');
    }
    const spans = sentSpans(request);
    if (spans.length === 0) throw refused('Invalid OpenTelemetry format - no spans found');
    await logSpans(store, { experimentId, spans: spans.map(storedSpan) });
    // An answer without fields is an empty message in protobuf, and an empty object in JSON.
    return isProtobuf(request) ? reply.type(PROTOBUF).send('') : reply.type('application/json').send('{}');
  });
}

function sentSpans(request: FastifyRequest): readonly OtlpSpan[] {
  const body = unzipped(request);
  const spans = isProtobuf(request) ? readOtlpProtobuf(body) : readOtlpJson(parsed(body));
  if (spans.every(({ traceId, spanId }) => traceId.length === 32 && spanId.length === 16)) return spans;
  throw refused('Cannot convert OpenTelemetry span to MLflow span: its ids have another length than 16 and 8 bytes');
}

function unzipped(request: FastifyRequest): Buffer {
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (request.headers['content-encoding'] !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: request.routeOptions.bodyLimit });
  } catch {
    throw refused('The body is not gzip, or too large when it is unpacked.');
  }
}

function isProtobuf(request: FastifyRequest): boolean {
  const type = request.headers['content-type']?.split(';', 1)[0].trim().toLowerCase();
  if (type === PROTOBUF || type === 'application/protobuf') return true;
  if (type === 'application/json') return false;
  throw refused(`Invalid Content-Type: ${type ?? 'none'}. Expected: ${PROTOBUF} or application/json`);
}

function parsed(body: Buffer): object {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Worded below.
  }
  throw refused('Invalid OpenTelemetry format - the body is no JSON object');
}

function refused(message: string): Error {
  return trackError('INVALID_PARAMETER_VALUE', { message });
}
