import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe } from 'vitest';
import { openSink, type PredictionSink } from '@scorecast/serve';
import { startPostgres } from '../../track/test/database/real-postgres.js';

const postgres = await startPostgres();
afterAll(async () => {
  if (!('reason' in postgres)) await postgres.stop();
});

/** A place for one test, as a server would be told of it. */
export interface PlaceInTest {
  readonly place: string;
  /** Opens it as one more process would; closed after the test. */
  open(settings?: { readonly keepDays?: number; readonly now?: number }): Promise<PredictionSink>;
}

/** Runs the same tests on files, on SQLite and on PostgreSQL, or says why that is left out. */
export function onEachSink(name: string, tests: (here: () => PlaceInTest) => void): void {
  describe(`${name} as JSON lines`, () => {
    tests(freshPlaces(async (folder) => folder));
  });
  describe(`${name} in SQLite`, () => {
    tests(freshPlaces(async (folder) => `sqlite:///${join(folder, 'log.db')}`));
  });
  if ('reason' in postgres) {
    describe.skip(`${name} in PostgreSQL (it cannot run here: ${postgres.reason})`, () => {
      tests(freshPlaces(async () => ''));
    });
  } else {
    describe(`${name} in PostgreSQL`, () => {
      tests(freshPlaces(async () => postgres.createDatabase()));
    });
  }
}

function freshPlaces(placeIn: (folder: string) => Promise<string>): () => PlaceInTest {
  const opened: PredictionSink[] = [];
  let folder = '';
  let place = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scorecast-store-'));
    place = await placeIn(folder);
  });
  afterEach(async () => {
    for (const sink of opened.splice(0)) await sink.close();
    await rm(folder, { recursive: true, force: true });
  });
  return () => ({
    place,
    async open({ keepDays = Infinity, now = Date.now() } = {}) {
      const sink = await openSink(place, { keepDays, keepBytes: Infinity }, () => now);
      opened.push(sink);
      return sink;
    },
  });
}
