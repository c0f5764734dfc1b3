import { afterAll, afterEach, beforeEach, describe } from 'vitest';
import { openStore, type OpenStore } from '../../src/index.js';
import { startPostgres } from '../database/real-postgres.js';

const START = 1_700_000_000_000;
const postgres = await startPostgres();
const template = 'reason' in postgres ? '' : await emptyStore(() => postgres.createDatabase());

/** A store that tests of one group share; each test begins with an empty one. */
export interface StoreInTest {
  readonly store: OpenStore;
  /** Sets the clock, in milliseconds. */
  setNow(now: number): void;
}

/** Runs the same tests on SQLite and on PostgreSQL, or says why PostgreSQL is left out. */
export function onEachDatabase(name: string, tests: (open: () => StoreInTest) => void): void {
  describe(`${name} on SQLite`, () => {
    tests(freshStores(async () => 'sqlite://'));
  });
  if ('reason' in postgres) {
    describe.skip(`${name} on PostgreSQL (it cannot run here: ${postgres.reason})`, () => {
      tests(freshStores(async () => ''));
    });
  } else {
    describe(`${name} on PostgreSQL`, () => {
      tests(freshStores(async () => postgres.createDatabase(template)));
    });
  }
}

/** Stops what the tests of a file needed; called once at its end. */
export function stopAfterAll(): void {
  afterAll(async () => {
    if (!('reason' in postgres)) await postgres.stop();
  });
}

function freshStores(databaseUrl: () => Promise<string>): () => StoreInTest {
  let open: OpenStore | undefined;
  let now = 0;
  beforeEach(async () => {
    now = START;
    open = await openStore({ databaseUrl: await databaseUrl(), artifactRoot: '/artifacts/', now: () => now });
  });
  afterEach(async () => {
    await open?.close();
  });
  return () => {
    if (open === undefined) throw new Error('a store is open inside tests only');
    return { store: open, setNow: (to) => (now = to) };
  };
}

/** Makes a database with all tables, which is quicker to copy than to make again; answers its name. */
async function emptyStore(createDatabase: () => Promise<string>): Promise<string> {
  const databaseUrl = await createDatabase();
  const store = await openStore({ databaseUrl, artifactRoot: '/artifacts/', now: () => START });
  await store.close();
  return databaseUrl.slice(databaseUrl.lastIndexOf('/') + 1);
}
