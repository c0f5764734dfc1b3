import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PredictionRow, PredictionSink } from '@scorecast/serve';
import { onEachSink } from './sinks.js';

const DAY_MS = 86_400_000;
const NOON = Date.UTC(2026, 10, 20, 12);

/** An id of that time; the number tells it from others. */
function idAt(at: number, number: number): string {
  const time = at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${number.toString(16).padStart(12, '0')}`;
}

const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
const text = fc.string({ unit: 'grapheme', minLength: 1 }).map((value) => value.replaceAll('\0', ''));
const object = fc
  .dictionary(text, fc.oneof(number, fc.string({ unit: 'binary' })))
  .map((value) => JSON.stringify(value));
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const contents = fc.record({
  route: fc.constantFrom('predict', 'form'),
  model: text.map((value) => `m${value}`),
  version: fc.constant('c7d2006f1893'),
  prediction: number,
  lower: orNull(number),
  upper: orNull(number),
  level: number,
  inputs: orNull(object),
  inputsHash: orNull(fc.constant('ab'.repeat(32))),
  identifiers: orNull(object),
});

const plain: Omit<PredictionRow, 'id' | 'givenAt'> = {
  route: 'predict',
  model: 'exams',
  version: 'c7d2006f1893',
  prediction: 66.1,
  lower: null,
  upper: 75,
  level: 0.9,
  inputs: '{"reading_score":72}',
  inputsHash: null,
  identifiers: null,
};
const plainRow = (at: number, i = 0): PredictionRow => ({ ...plain, id: idAt(at, i), givenAt: at });

async function writeAll(sink: PredictionSink, rows: readonly PredictionRow[]): Promise<void> {
  for (let from = 0; from < rows.length;) from += (await sink.writePredictions(rows.slice(from))).rows;
}

onEachSink('a log of predictions', (here) => {
  it('gives back what was written, every bit of it, whoever wrote it', async () => {
    const { open } = here();
    const [writer, reader] = [await open(), await open()];
    let written = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(contents, { minLength: 1, maxLength: 20 }), async (list) => {
        const rows = list.map((one): PredictionRow => ({ ...one, id: idAt(NOON, written++), givenAt: NOON }));
        await writeAll(writer, rows);
        for (const row of rows) {
          const found = await reader.findPrediction(row.id);
          const parsed = (json: string | null | undefined) => JSON.parse(json ?? 'null');
          expect(found).toEqual({ ...row, inputs: found?.inputs, identifiers: found?.identifiers });
          expect([parsed(found?.inputs), parsed(found?.identifiers)]).toEqual([
            parsed(row.inputs),
            parsed(row.identifiers),
          ]);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('knows which of many ids are its own', async () => {
    const { open } = here();
    const sink = await open();
    const rows = Array.from({ length: 1500 }, (_, i) => plainRow(NOON + i, i));
    await writeAll(
      sink,
      rows.filter((_, i) => i % 3 === 0),
    );
    const known = await sink.knownIds(rows.map(({ id }) => id));
    expect(known).toEqual(new Set(rows.filter((_, i) => i % 3 === 0).map(({ id }) => id)));
    expect(await sink.findPrediction(rows[1].id)).toBeUndefined();
  });

  it('has a row once that was written again, since nobody knew that it was kept', async () => {
    const { open } = here();
    const sink = await open();
    await writeAll(sink, [plainRow(NOON)]);
    await writeAll(sink, [plainRow(NOON), plainRow(NOON, 1)]);
    expect(await sink.findPrediction(idAt(NOON, 0))).toEqual(plainRow(NOON));
    expect(await sink.findPrediction(idAt(NOON, 1))).toEqual(plainRow(NOON, 1));
  });

  it('keeps outcomes in the order in which they were recorded, of strange predictions too', async () => {
    const { open } = here();
    const [one, other] = [await open(), await open()];
    const id = idAt(NOON, 1);
    const outcome = (value: number, recordedAt: number, at: number | null = null) => ({
      id,
      outcome: value,
      outcomeAt: at,
      recordedAt,
    });
    await one.writeOutcomes([
      outcome(50, NOON + 1),
      outcome(51, NOON + 1, NOON),
      { ...outcome(9, NOON), id: idAt(NOON, 2) },
    ]);
    await other.writeOutcomes([outcome(60.25, NOON + 2)]);
    expect(await one.outcomesOf(id)).toEqual([
      outcome(50, NOON + 1),
      outcome(51, NOON + 1, NOON),
      outcome(60.25, NOON + 2),
    ]);
    expect(await other.outcomesOf(idAt(NOON, 3))).toEqual([]);
  });

  it('takes what two processes write at once', async () => {
    const { open } = here();
    const sinks = [await open(), await open()];
    const rows = Array.from({ length: 200 }, (_, i) => plainRow(NOON + i, i));
    const writing = sinks.map(async (sink, s) => {
      for (let from = s * 100; from < (s + 1) * 100; from += 10) await writeAll(sink, rows.slice(from, from + 10));
      await sink.writeOutcomes([{ id: rows[s].id, outcome: s, outcomeAt: null, recordedAt: NOON }]);
    });
    await Promise.all(writing);
    expect((await sinks[0].knownIds(rows.map(({ id }) => id))).size).toBe(200);
  });

  it('forgets predictions and outcomes that are older than it keeps', async () => {
    const { open } = here();
    const sink = await open();
    const rows = [0, 5, 9, 11].map((days) => plainRow(NOON - days * DAY_MS, days));
    for (const row of [...rows].reverse()) await writeAll(sink, [row]);
    await sink.writeOutcomes(rows.map(({ id }) => ({ id, outcome: 1, outcomeAt: null, recordedAt: NOON })));
    await (await open({ keepDays: 10, now: NOON })).removeExpired();
    const [, , young, old] = rows;
    expect(await sink.knownIds(rows.map(({ id }) => id))).toEqual(new Set(rows.slice(0, 3).map(({ id }) => id)));
    expect([(await sink.outcomesOf(young.id)).length, (await sink.outcomesOf(old.id)).length]).toEqual([1, 0]);
  });
});
