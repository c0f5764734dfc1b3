import { searchTraces } from '../../store/search-traces.js';
import { type Store } from '../../store/store.js';
import { type TraceInfo } from '../../store/trace.js';
import { deleteTraceTag } from '../../store/trace-notes.js';
import { getTraceInfo, startTrace } from '../../store/traces.js';
import { pathParameter, route, type ApiRoute } from '../api-route.js';
import { searchFields, tags } from '../request/entities.js';
import { id, ids, required, whole } from '../request/fields.js';
import { traceState } from '../request/trace-info.js';
import { wireOldTraceInfo } from '../wire/trace.js';

/** Says that a trace's spans are in the database; old clients put them into an artifact. */
const SPANS_LOCATION_TAG = 'mlflow.trace.spansLocation';

/** Traces, as clients before 3.0 record them: begun, then ended. */
export const oldTraceRoutes: readonly ApiRoute[] = [
  route('POST', 'traces', 'editor', async ({ store, fields }) => {
    const trace = await keepTrace(store, {
      traceId: `tr-${store.newId()}`,
      experimentId: required(id, fields, 'experiment_id'),
      clientRequestId: null,
      requestTime: whole(fields, 'timestamp_ms') ?? store.now(),
      executionDuration: null,
      state: 'IN_PROGRESS',
      requestPreview: null,
      responsePreview: null,
      metadata: tags(fields, 'request_metadata') ?? [],
      tags: tags(fields, 'tags') ?? [],
    });
    return { trace_info: wireOldTraceInfo(trace) };
  }),
  route('PATCH', 'traces/:traceId', 'editor', async ({ store, fields, request }) => {
    const begun = await getTraceInfo(store, pathParameter(request, 'traceId'));
    const endedAt = whole(fields, 'timestamp_ms');
    const trace = await keepTrace(store, {
      ...begun,
      executionDuration: endedAt === undefined ? begun.executionDuration : endedAt - begun.requestTime,
      state: traceState(fields, 'status') ?? begun.state,
      metadata: [...begun.metadata, ...(tags(fields, 'request_metadata') ?? [])],
      tags: [...begun.tags, ...(tags(fields, 'tags') ?? [])],
    });
    return { trace_info: wireOldTraceInfo(trace) };
  }),
  route('GET', 'traces/:traceId/info', 'viewer', async ({ store, request }) => ({
    trace_info: wireOldTraceInfo(await getTraceInfo(store, pathParameter(request, 'traceId'))),
  })),
  route('GET', 'traces', 'viewer', async ({ store, fields }) => {
    const experimentIds = required(ids, fields, 'experiment_ids');
    const page = await searchTraces(store, { experimentIds, ...searchFields(fields) });
    return { traces: page.items.map(wireOldTraceInfo), next_page_token: page.nextPageToken };
  }),
];

async function keepTrace(store: Store, trace: TraceInfo): Promise<TraceInfo> {
  const kept = await startTrace(store, { trace });
  await deleteTraceTag(store, { traceId: kept.traceId, key: SPANS_LOCATION_TAG });
  return { ...kept, tags: kept.tags.filter(({ key }) => key !== SPANS_LOCATION_TAG) };
}
