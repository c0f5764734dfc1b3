import { linkTracesToRun } from '../../store/link-traces.js';
import { searchTraces } from '../../store/search-traces.js';
import { deleteTraceTag, setTraceTag } from '../../store/trace-notes.js';
import { deleteTraces, getTraceInfo, startTrace } from '../../store/traces.js';
import { pathParameter, route, type ApiCall, type ApiRoute } from '../api-route.js';
import { searchFields } from '../request/entities.js';
import { id, listOf, objectOf, required, text, texts, whole } from '../request/fields.js';
import { location, traceInfo } from '../request/trace-info.js';
import { wireTraceInfo } from '../wire/trace.js';

/** Traces, as clients since 3.0 record them. */
export const traceRoutes: readonly ApiRoute[] = [
  route('POST', 'traces', 'editor', async ({ store, fields }) => {
    const read = objectOf((trace) => required(objectOf(traceInfo), trace, 'trace_info'));
    const trace = await startTrace(store, { trace: required(read, fields, 'trace') });
    return { trace: { trace_info: wireTraceInfo(trace) } };
  }),
  route('POST', 'traces/search', 'viewer', async ({ store, fields }) => {
    const experimentIds = required(listOf(location), fields, 'locations');
    const page = await searchTraces(store, { experimentIds, ...searchFields(fields) });
    return { traces: page.items.map(wireTraceInfo), next_page_token: page.nextPageToken };
  }),
  route('GET', 'traces/:traceId', 'viewer', async ({ store, request }) => {
    const trace = await getTraceInfo(store, pathParameter(request, 'traceId'));
    return { trace: { trace_info: wireTraceInfo(trace) } };
  }),
];

/** What both kinds of clients use: deletion, tags, and links to runs. */
export const commonTraceRoutes: readonly ApiRoute[] = [
  route('POST', 'traces/delete-traces', 'editor', async ({ store, fields }) => {
    const deleted = await deleteTraces(store, {
      experimentId: required(id, fields, 'experiment_id'),
      maxTimestamp: whole(fields, 'max_timestamp_millis'),
      maxTraces: whole(fields, 'max_traces'),
      traceIds: texts(fields, 'request_ids'),
    });
    return { traces_deleted: deleted };
  }),
  route('POST', 'traces/link-to-run', 'editor', async ({ store, fields }) => {
    const traceIds = required(texts, fields, 'trace_ids');
    await linkTracesToRun(store, { traceIds, runId: required(text, fields, 'run_id') });
    return {};
  }),
  route('PATCH', 'traces/:traceId/tags', 'editor', setTag),
  route('DELETE', 'traces/:traceId/tags', 'editor', async ({ store, fields, request }) => {
    const traceId = pathParameter(request, 'traceId');
    await deleteTraceTag(store, { traceId, key: required(text, fields, 'key') });
    return {};
  }),
];

async function setTag({ store, fields, request }: ApiCall): Promise<object> {
  const traceId = pathParameter(request, 'traceId');
  const key = required(text, fields, 'key');
  await setTraceTag(store, { traceId, key, value: text(fields, 'value') ?? '' });
  return {};
}
