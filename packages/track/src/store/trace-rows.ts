import { type Selectable } from 'kysely';
import { among } from '../database/among.js';
import { type Dialect, type Queries } from '../database/database.js';
import { type Tables } from '../database/tables.js';
import { trackError } from '../track-error.js';
import { groupBy } from './group-by.js';
import { type TraceInfo, type TraceState } from './trace.js';

/** A trace's row. */
export type TraceRow = Selectable<Tables['trace_info']>;

/** Reads a trace's row. */
export async function traceRow(queries: Queries, traceId: string): Promise<TraceRow> {
  const row = await queries.selectFrom('trace_info').selectAll().where('request_id', '=', traceId).executeTakeFirst();
  if (row === undefined) throw noTrace(traceId);
  return row;
}

function noTrace(traceId: string): Error {
  return trackError('RESOURCE_DOES_NOT_EXIST', { message: `Trace with ID '${traceId}' not found.` });
}

/** Traces of their rows, in the rows' order, with tags and metadata. */
export async function tracesOf(queries: Queries, dialect: Dialect, rows: readonly TraceRow[]): Promise<TraceInfo[]> {
  if (rows.length === 0) return [];
  const ofThese = among(
    dialect,
    'request_id',
    rows.map((row) => row.request_id),
  );
  const tags = await queries.selectFrom('trace_tags').selectAll().where(ofThese).orderBy('key').execute();
  const metadata = await queries
    .selectFrom('trace_request_metadata')
    .selectAll()
    .where(ofThese)
    .orderBy('key')
    .execute();
  const tagsOf = groupBy(tags, (row) => row.request_id);
  const metadataOf = groupBy(metadata, (row) => row.request_id);
  return rows.map((row) => ({
    traceId: row.request_id,
    experimentId: String(row.experiment_id),
    clientRequestId: row.client_request_id,
    requestTime: row.timestamp_ms,
    executionDuration: row.execution_time_ms,
    state: traceState(row.status),
    requestPreview: row.request_preview,
    responsePreview: row.response_preview,
    metadata: metadataOf(row.request_id).map(({ key, value }) => ({ key, value: value ?? '' })),
    tags: tagsOf(row.request_id).map(({ key, value }) => ({ key, value: value ?? '' })),
  }));
}

function traceState(column: string): TraceState {
  const states: readonly TraceState[] = ['OK', 'ERROR', 'IN_PROGRESS'];
  return states.find((state) => state === column) ?? 'STATE_UNSPECIFIED';
}
