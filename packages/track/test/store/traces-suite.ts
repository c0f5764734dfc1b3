import { expect, it } from 'vitest';
import {
  deleteTraces,
  deleteTraceTag,
  getTraceInfo,
  getTraceSpans,
  linkTracesToRun,
  logSpans,
  searchTraces,
  setTraceTag,
  startTrace,
  type Span,
  type TraceInfo,
} from '../../src/index.js';
import { onEachDatabase } from './backends.js';

const experimentId = '0';

function trace(id: string, requestTime: number): TraceInfo {
  return {
    traceId: `tr-${id}`,
    experimentId,
    clientRequestId: null,
    requestTime,
    executionDuration: 20,
    state: 'OK',
    requestPreview: 'question',
    responsePreview: 'x'.repeat(1001),
    metadata: [{ key: 'mlflow.sourceRun', value: `run-${id}` }],
    tags: [{ key: 'mlflow.traceName', value: `call ${id}` }],
  };
}

function span(id: string, parentSpanId: string | null, start: bigint, end: bigint | null): Span {
  return {
    traceId: 'tr-1',
    spanId: id,
    parentSpanId,
    name: `span ${id}`,
    type: 'CHAIN',
    status: 'OK',
    startTimeUnixNano: start,
    endTimeUnixNano: end,
    content: '{}',
  };
}

onEachDatabase('traces', (open) => {
  it('show what their root span was given and gave, where nothing else was said', async () => {
    const { store } = open();
    const chat = {
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: [{ type: 'text', text: 'Why?' }] },
      ],
    };
    const answer = { choices: [{ message: { role: 'assistant', content: 'Because.' } }] };
    const given = (inputs: unknown, outputs: unknown) => {
      const attributes = { 'mlflow.spanInputs': JSON.stringify(inputs), 'mlflow.spanOutputs': JSON.stringify(outputs) };
      return { ...span('1', null, 1n, 2n), content: JSON.stringify({ attributes }) };
    };
    const previewsOf = async (id: string, inputs: unknown, outputs: unknown) => {
      const spans = [{ ...given(inputs, outputs), traceId: id }];
      await logSpans(store, { experimentId, spans });
      const { requestPreview, responsePreview } = await getTraceInfo(store, id);
      return [requestPreview, responsePreview];
    };
    expect(await previewsOf('tr-a', { hours: 5 }, 50)).toEqual(['{"hours":5}', '50']);
    expect(await previewsOf('tr-b', chat, answer)).toEqual(['Why?', 'Because.']);
    expect(await previewsOf('tr-c', { request: { input: [{ role: 'user', content: 'Hm?' }] } }, null)).toEqual([
      'Hm?',
      'null',
    ]);
    expect(await previewsOf('tr-d', 'x'.repeat(2000), [])).toEqual([`"${'x'.repeat(996)}...`, '[]']);
    await startTrace(store, { trace: trace('1', 1000) });
    expect(await previewsOf('tr-1', { hours: 5 }, 50)).toEqual(['question', 'x'.repeat(1000)]);
  });

  it('are found by the run that recorded them, and by runs that they were linked to', async () => {
    const { store } = open();
    for (const id of ['1', '2', '3']) await startTrace(store, { trace: trace(id, 1000) });
    await linkTracesToRun(store, { traceIds: ['tr-2', 'tr-2'], runId: 'run-1' });
    await linkTracesToRun(store, { traceIds: ['tr-2', 'tr-3'], runId: 'run-9' });
    const found = async (filter: string) => {
      const { items } = await searchTraces(store, { experimentIds: [experimentId], filter });
      return items.map(({ traceId }) => traceId).sort();
    };
    expect(await found("run_id = 'run-1'")).toEqual(['tr-1', 'tr-2']);
    expect(await found("metadata.`mlflow.sourceRun` = 'run-9'")).toEqual(['tr-2', 'tr-3']);
    expect(await found("run_id = 'run-2'")).toEqual(['tr-2']);
    expect(await found("run_id != 'run-9'")).toEqual(['tr-1', 'tr-2', 'tr-3']);
    await expect(linkTracesToRun(store, { traceIds: Array(101).fill('tr-1'), runId: 'run-1' })).rejects.toThrow(
      'Cannot link more than 100 traces to a run in a single request. Provided 101 traces.',
    );
  });

  it('keep what they were started with, and where their spans are', async () => {
    const { store } = open();
    const written = await startTrace(store, { trace: trace('1', 1000) });
    expect(written).toEqual({
      ...trace('1', 1000),
      responsePreview: 'x'.repeat(1000),
      tags: [
        { key: 'mlflow.artifactLocation', value: '/artifacts/0/traces/tr-1/artifacts' },
        { key: 'mlflow.trace.spansLocation', value: 'TRACKING_STORE' },
        { key: 'mlflow.traceName', value: 'call 1' },
      ],
    });
    expect(await getTraceInfo(store, 'tr-1')).toEqual(written);
    await expect(getTraceInfo(store, 'tr-9')).rejects.toMatchObject({
      code: 'RESOURCE_DOES_NOT_EXIST',
      message: "Trace with ID 'tr-9' not found.",
    });
  });

  it('reach from their first span to their last, and end as their root span does', async () => {
    const { store } = open();
    const start = 1_700_000_000_000_000_123n;
    await logSpans(store, { experimentId, spans: [span('b', 'a', start + 5_000_000n, start + 9_000_000n)] });
    expect(await getTraceInfo(store, 'tr-1')).toMatchObject({ state: 'IN_PROGRESS', requestTime: 1_700_000_000_005 });
    await logSpans(store, { experimentId, spans: [span('a', null, start, null)] });
    await logSpans(store, { experimentId, spans: [span('a', null, start, start + 30_000_000n)] });
    expect(await getTraceInfo(store, 'tr-1')).toMatchObject({
      state: 'OK',
      requestTime: 1_700_000_000_000,
      executionDuration: 30,
    });
    const spans = (await getTraceSpans(store, ['tr-1', 'tr-2'])).get('tr-1');
    expect(spans?.map(({ spanId, startTimeUnixNano }) => [spanId, startTimeUnixNano])).toEqual([
      ['a', start],
      ['b', start + 5_000_000n],
    ]);
  });

  it('are searched by attributes, tags, metadata and spans, newest first', async () => {
    const { store } = open();
    for (const [index, id] of ['1', '2', '3'].entries()) await startTrace(store, { trace: trace(id, 1000 + index) });
    await logSpans(store, { experimentId, spans: [span('a', null, 1n, 2n)] });
    const found = async (filter?: string, orderBy?: string[]): Promise<string[]> =>
      (await searchTraces(store, { experimentIds: [experimentId], filter, orderBy })).items.map(
        ({ traceId }) => traceId,
      );
    expect(await found(undefined, ['timestamp_ms DESC'])).toEqual(['tr-3', 'tr-2', 'tr-1']);
    expect(await found("trace.status = 'OK' AND timestamp_ms >= 1002")).toEqual(['tr-3']);
    expect(await found("name = 'call 2' OR run_id = 'run-3'")).toEqual(['tr-3', 'tr-2']);
    expect(await found("metadata.`mlflow.sourceRun` = 'run-1'")).toEqual(['tr-1']);
    expect(await found("span.name LIKE '%a'")).toEqual(['tr-1']);
    expect(await found("tags.mlflow.traceName IN ('call 1')")).toEqual(['tr-1']);
    expect(await found('end_time > 1021', ['name'])).toEqual(['tr-3']);
  });

  it('have tags', async () => {
    const { store } = open();
    await startTrace(store, { trace: trace('1', 1000) });
    await setTraceTag(store, { traceId: 'tr-1', key: 'a', value: '1' });
    expect((await getTraceInfo(store, 'tr-1')).tags).toContainEqual({ key: 'a', value: '1' });
    await deleteTraceTag(store, { traceId: 'tr-1', key: 'a' });
    await expect(deleteTraceTag(store, { traceId: 'tr-1', key: 'a' })).rejects.toMatchObject({ status: 404 });
  });

  it('are deleted by id, or the oldest up to a time', async () => {
    const { store } = open();
    for (const [index, id] of ['1', '2', '3', '4'].entries()) {
      await startTrace(store, { trace: trace(id, 1000 + index) });
    }
    await logSpans(store, { experimentId, spans: [span('a', null, 1n, 2n)] });
    expect(await deleteTraces(store, { experimentId, traceIds: ['tr-4', 'tr-9'] })).toBe(1);
    expect(await deleteTraces(store, { experimentId, maxTimestamp: 1002, maxTraces: 2 })).toBe(2);
    expect((await searchTraces(store, { experimentIds: [experimentId] })).items).toMatchObject([{ traceId: 'tr-3' }]);
    expect((await getTraceSpans(store, ['tr-1'])).get('tr-1')).toEqual([]);
    for (const wrong of [
      {},
      { maxTimestamp: 1, traceIds: ['a'] },
      { traceIds: ['a'], maxTraces: 1 },
      { maxTimestamp: 1, maxTraces: 0 },
    ]) {
      await expect(deleteTraces(store, { experimentId, ...wrong })).rejects.toMatchObject({ status: 400 });
    }
  });
});
