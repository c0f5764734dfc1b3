import { appendFile, mkdir, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { JsonLinesFolder } from '../../src/prediction-log/json-lines/json-lines-folder.js';
import type { PredictionRow } from '../../src/prediction-log/prediction-sink.js';
import { newFolder, NOON, rowsAt } from './rows.js';

const DAY_MS = 86_400_000;
const opened: JsonLinesFolder[] = [];
afterEach(async () => {
  for (const sink of opened.splice(0)) await sink.close();
});

function openSink(
  folder: string,
  settings: { fileBytes?: number; keepDays?: number; keepBytes?: number; now?: number } = {},
) {
  const { fileBytes = 1e6, keepDays = Infinity, keepBytes = Infinity, now = NOON } = settings;
  const sink = new JsonLinesFolder(folder, { fileBytes, keepDays, keepBytes, now: () => now });
  opened.push(sink);
  return sink;
}

async function writeAll(sink: JsonLinesFolder, rows: readonly PredictionRow[]): Promise<void> {
  for (let from = 0; from < rows.length;) from += (await sink.writePredictions(rows.slice(from))).rows;
}

describe('files of predictions', () => {
  it('are followed by another when they are full and at midnight UTC', async () => {
    const folder = await newFolder();
    const sink = openSink(folder, { fileBytes: 3000 });
    const midnight = NOON + DAY_MS / 2;
    await writeAll(sink, [...rowsAt(NOON, 40), ...rowsAt(midnight - 2, 4)]);
    const names = (await readdir(folder)).sort();
    expect(names).toHaveLength(5);
    expect(names.at(-1)).toMatch(/^predictions-20261121T000000000Z-[\da-f]{8}-5\.jsonl$/);
    for (const name of names) expect((await stat(join(folder, name))).size).toBeLessThan(3600);
  });

  it('belong to this user alone', async () => {
    const folder = join(await newFolder(), 'made', 'here');
    await writeAll(openSink(folder), rowsAt(NOON));
    const [name] = await readdir(folder);
    expect([(await stat(folder)).mode & 0o777, (await stat(join(folder, name))).mode & 0o777]).toEqual([0o700, 0o600]);
  });

  it('are found again, whatever sizes, times and processes they come from', async () => {
    const time = fc.integer({ min: NOON - DAY_MS, max: NOON + DAY_MS });
    await fc.assert(
      fc.asyncProperty(
        fc.array(time, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 20_000 }),
        async (times, fileBytes) => {
          const folder = await newFolder();
          const rows = rowsAt(times);
          // A clock that jumps about, and two processes that share the folder.
          const sinks = [openSink(folder, { fileBytes }), openSink(folder, { fileBytes })];
          for (const [i, row] of rows.entries()) await writeAll(sinks[i % 2], [row]);
          const [reader] = sinks;
          for (const row of rows) expect(await reader.findPrediction(row.id)).toEqual(row);
          const [stranger] = rowsAt(NOON);
          expect(await reader.knownIds([...rows.map(({ id }) => id), stranger.id])).toEqual(
            new Set(rows.map(({ id }) => id)),
          );
        },
      ),
      { numRuns: 20 },
    );
  });

  it('are searched by halves: thousands of lines, many ids at once, long lines in between', async () => {
    const folder = await newFolder();
    const sink = openSink(folder, { fileBytes: 1e9 });
    const rows = rowsAt(NOON, 5000).map((row, i) =>
      i % 1000 === 500 ? { ...row, inputs: JSON.stringify({ note: 'x'.repeat(200_000) }) } : row,
    );
    await writeAll(sink, rows);
    expect(await readdir(folder)).toHaveLength(1);
    for (const i of [0, 1, 499, 500, 501, 2500, 4998, 4999]) {
      expect(await sink.findPrediction(rows[i].id)).toEqual(rows[i]);
    }
    const ids = rows.map(({ id }) => id);
    expect(await sink.knownIds([...ids].reverse())).toEqual(new Set(ids));
  });

  it('hold no record where a crash tore a line, and are read around it', async () => {
    const folder = await newFolder();
    const rows = rowsAt(NOON, 30);
    await writeAll(openSink(folder), rows);
    const [name] = await readdir(folder);
    const path = join(folder, name);
    const whole = await readFile(path, 'utf8');
    await truncate(path, whole.length - 1);
    expect(await openSink(folder).findPrediction(rows[29].id)).toBeUndefined();
    expect(await openSink(folder).findPrediction(rows[28].id)).toEqual(rows[28]);
    // Zeros instead of ten lines, as after a power cut; the line behind them has no beginning.
    const lines = whole.split('\n');
    const zeros = '\0'.repeat(lines.slice(10, 20).join('\n').length + 1);
    await writeFile(path, [...lines.slice(0, 10), zeros + lines[20], ...lines.slice(21)].join('\n'));
    const known = await openSink(folder).knownIds(rows.map(({ id }) => id));
    expect([...known].sort()).toEqual([...rows.slice(0, 10), ...rows.slice(21)].map(({ id }) => id));
  });

  it('are begun anew when somebody removes them, folder and all', async () => {
    const folder = join(await newFolder(), 'log');
    const sink = openSink(folder);
    const [first, second] = rowsAt(NOON, 2);
    await writeAll(sink, [first]);
    await rm(folder, { recursive: true });
    await writeAll(sink, [second]);
    expect(await sink.findPrediction(second.id)).toEqual(second);
  });

  it('are not touched when the folder holds files of somebody else', async () => {
    const folder = await newFolder();
    const strange = ['notes.txt', 'predictions-2026.jsonl', 'predictions-20260101T000000000Z-ab-1.jsonl.gz'];
    for (const name of strange) await writeFile(join(folder, name), 'x');
    await mkdir(join(folder, 'outcomes'));
    const sink = openSink(folder, { keepDays: 1, keepBytes: 1 });
    await sink.removeExpired();
    expect((await readdir(folder)).sort()).toEqual([...strange, 'outcomes'].sort());
  });
});

describe('outcomes', () => {
  it('are found by prediction, in their order, from all processes', async () => {
    const folder = await newFolder();
    const [one, other] = [openSink(folder), openSink(folder)];
    const [{ id }, stranger] = rowsAt([NOON, NOON - 90 * DAY_MS]);
    const row = (outcome: number, recordedAt: number) => ({ id, outcome, outcomeAt: null, recordedAt });
    await one.writeOutcomes([row(50, NOON + 1), { ...row(1, NOON), id: stranger.id }]);
    await other.writeOutcomes([row(60, NOON + 2)]);
    await Promise.all([one.writeOutcomes([row(70, NOON + 3)]), one.writeOutcomes([row(80, NOON + 4)])]);
    expect((await one.outcomesOf(id)).map(({ outcome }) => outcome)).toEqual([50, 60, 70, 80]);
    expect((await other.outcomesOf(stranger.id)).map(({ outcome }) => outcome)).toEqual([1]);
    expect((await readdir(folder)).filter((name) => name.startsWith('outcomes-20260822-'))).toHaveLength(1);
  });

  it('are read around a line that a crash tore', async () => {
    const folder = await newFolder();
    const [{ id }] = rowsAt(NOON);
    await openSink(folder).writeOutcomes([{ id, outcome: 50, outcomeAt: NOON, recordedAt: NOON }]);
    const [name] = await readdir(folder);
    await appendFile(join(folder, name), `{"v":1,"id":"${id}","outcome":6`);
    expect(await openSink(folder).outcomesOf(id)).toHaveLength(1);
  });
});

describe('retention', () => {
  async function daysLeft(folder: string): Promise<readonly string[]> {
    return (await readdir(folder)).map((name) => name.slice(0, name.indexOf('-') + 9)).sort();
  }

  it('removes what is older than the days that are kept, with its outcomes', async () => {
    const folder = await newFolder();
    const rows = rowsAt([0, 1, 2, 3].map((days) => NOON - days * DAY_MS));
    const past = openSink(folder);
    await writeAll(past, rows);
    await past.writeOutcomes(rows.map(({ id }) => ({ id, outcome: 1, outcomeAt: null, recordedAt: NOON })));
    await openSink(folder, { keepDays: 2 }).removeExpired();
    expect(await daysLeft(folder)).toEqual([
      ...['18', '19', '20'].map((day) => `outcomes-202611${day}`),
      ...['18', '19', '20'].map((day) => `predictions-202611${day}`),
    ]);
  });

  it('removes the oldest files when all are too large, but none that is written to', async () => {
    const folder = await newFolder();
    const sink = openSink(folder, { fileBytes: 1000, keepBytes: 3000 });
    await writeAll(sink, [...rowsAt(NOON - 5 * DAY_MS, 20), ...rowsAt(NOON, 40)]);
    const names = await readdir(folder);
    const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(4500);
    expect(names.every((name) => name.startsWith('predictions-20261120'))).toBe(true);
    const tiny = openSink(folder, { keepBytes: 1 });
    await tiny.removeExpired();
    expect(await readdir(folder)).toHaveLength(1);
  });
});
