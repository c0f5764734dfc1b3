import { table, numericColumn } from '@scorecast/core';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { logTroubles } from '../../src/prediction-log/log-troubles.js';
import { PredictionLog } from '../../src/prediction-log/prediction-log.js';
import type { OutcomeRow, PredictionRow, PredictionSink } from '../../src/prediction-log/prediction-sink.js';
import { rowMaker, type GivenPredictions } from '../../src/prediction-log/given-predictions.js';
import { answerIds } from '../../src/prediction-log/prediction-id.js';
import { examsBundle } from '../exams-bundle.js';

const bundle = await examsBundle();
const nextId = answerIds(() => 1);
const logs: PredictionLog[] = [];
afterEach(async () => {
  for (const log of logs.splice(0)) await log.close();
});

/** A sink in memory that can be broken, and takes at most some rows at a time. */
function memorySink(most = 200) {
  const rows: PredictionRow[] = [];
  const state = { isBroken: false, calls: 0, isClosed: false };
  const check = () => {
    state.calls++;
    if (state.isBroken) throw new Error('ENOSPC: no space left on device, write');
  };
  const sink: PredictionSink = {
    async writePredictions(given) {
      check();
      const kept = given.slice(0, most);
      rows.push(...kept);
      return { rows: kept.length, bytes: kept.length * 10 };
    },
    writeOutcomes: async (_rows: readonly OutcomeRow[]) => check(),
    findPrediction: async (id) => rows.find((row) => row.id === id),
    knownIds: async (ids) => new Set(ids.filter((id) => rows.some((row) => row.id === id))),
    outcomesOf: async () => [],
    removeExpired: async () => undefined,
    async close() {
      state.isClosed = true;
    },
  };
  return { sink, rows, state };
}

function openLog(sink: PredictionSink, settings: { flushMs?: number; closeMs?: number } = {}) {
  const lines: string[] = [];
  const say = (details: object, message: string) => lines.push(`${message} ${JSON.stringify(details)}`);
  const log = new PredictionLog({
    sink,
    makeRow: rowMaker({ inputs: 'none', key: '', identifiers: false }),
    troubles: { info: say, warn: say, error: say },
    flushMs: 10,
    ...settings,
  });
  logs.push(log);
  return { log, lines };
}

function given(count: number): GivenPredictions {
  return {
    answer: nextId(),
    route: 'predict',
    bundle,
    features: table([numericColumn('hours', new Float64Array(count))]),
    predictions: Array.from({ length: count }, (_, i) => ({ value: i, lower: 0, upper: Infinity })),
    isSingle: false,
    records: [],
  };
}

describe('a log of predictions', () => {
  it('writes all that it is given, in its order, however it is cut into answers', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 1200 }), { maxLength: 12 }), async (sizes) => {
        const { sink, rows } = memorySink();
        const { log } = openLog(sink);
        const answers = sizes.map(given);
        for (const answer of answers) log.record(answer);
        await log.close();
        expect(rows.map(({ id }) => id)).toEqual(
          answers.flatMap(({ answer, predictions }) => predictions.map((_, i) => `${answer.id}.${i}`)),
        );
        const written = rows.length;
        expect(log.counts).toEqual({ written, bytes: written * 10, dropped: 0, errors: 0, outcomes: 0, waiting: 0 });
      }),
      { numRuns: 30 },
    );
  });

  it('writes by itself, a moment later', async () => {
    const { sink, rows } = memorySink();
    const { log } = openLog(sink);
    log.record(given(1));
    expect(rows).toEqual([]);
    await expect.poll(() => rows.length).toBe(1);
    log.record(given(2));
    await expect.poll(() => rows.length).toBe(3);
  });

  it('keeps what waits while its sink is broken, says so once a minute, and writes it afterwards, once', async () => {
    const { sink, rows, state } = memorySink();
    const { log, lines } = openLog(sink);
    state.isBroken = true;
    for (let i = 0; i < 10; i++) log.record(given(10));
    await expect.poll(() => state.calls).toBeGreaterThan(3);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('no space left on device');
    state.isBroken = false;
    await expect.poll(() => rows.length).toBe(100);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(100);
    expect(lines.at(-1)).toBe('predictions are recorded again {"dropped":0}');
    expect(log.counts.errors).toBeGreaterThan(2);
  });

  it('drops and counts what comes on top of a full queue, and never throws', async () => {
    const { sink, rows, state } = memorySink();
    const { log, lines } = openLog(sink, { closeMs: 1000 });
    state.isBroken = true;
    for (let i = 0; i < 8; i++) log.record(given(10_000));
    expect(log.counts).toMatchObject({ waiting: 50_000, dropped: 30_000 });
    expect(lines).toHaveLength(1);
    state.isBroken = false;
    await log.close();
    expect([rows.length, log.counts.dropped]).toEqual([50_000, 30_000]);
  });

  it('gives up at its end on a sink that stays broken, and on one that never answers', async () => {
    const broken = memorySink();
    broken.state.isBroken = true;
    const never = { ...memorySink().sink, writePredictions: () => new Promise<never>(() => undefined) };
    for (const sink of [broken.sink, never]) {
      const { log, lines } = openLog(sink, { closeMs: 60 });
      log.record(given(7));
      await log.close();
      expect(log.counts).toMatchObject({ dropped: 7, waiting: 0 });
      expect(lines.at(-1)).toBe('the server stopped with predictions that were not recorded {"lost":7}');
      log.record(given(1));
      expect(log.counts.dropped).toBe(8);
    }
  });

  it('says what came of outcomes, since whoever sends them can send them again', async () => {
    const { sink, state } = memorySink();
    const { log } = openLog(sink);
    state.isBroken = true;
    const outcome = { id: nextId().id, outcome: 1, outcomeAt: null, recordedAt: 1 };
    await expect(log.writeOutcomes([outcome])).rejects.toMatchObject({ code: 'SERVE_LOG_BROKEN', status: 503 });
    state.isBroken = false;
    await log.writeOutcomes([outcome]);
    expect(log.counts).toMatchObject({ outcomes: 1, errors: 1 });
  });

  it('finds what it was only just given', async () => {
    const { log } = openLog(memorySink().sink);
    const answer = given(3);
    log.record(answer);
    expect((await log.find(`${answer.answer.id}.2`))?.row.prediction).toBe(2);
  });

  it('makes a stream of rows wait while too many do, but not for a sink that is broken', async () => {
    const { sink, state } = memorySink();
    const { log } = openLog(sink);
    for (let i = 0; i < 3; i++) log.record(given(10_000));
    await log.room();
    expect(log.counts.waiting).toBeLessThanOrEqual(25_000);
    state.isBroken = true;
    for (let i = 0; i < 3; i++) log.record(given(10_000));
    await log.room();
    expect(log.counts.waiting).toBeGreaterThan(25_000);
    state.isBroken = false;
  });
});

describe('the troubles of a log', () => {
  it('are told once a minute', () => {
    let now = 0;
    const lines: object[] = [];
    const say = (details: object) => lines.push(details);
    const troubles = logTroubles({ info: say, warn: say, error: say }, () => now);
    for (; now < 150_000; now += 1000) troubles.dropped(2);
    expect(lines).toEqual([{ dropped: 2 }, { dropped: 122 }, { dropped: 242 }]);
  });
});
