import type { Database } from '../database/database.js';
import type { ArtifactLedger, LedgerEntry } from './artifact-ledger.js';

/** Entries that are read at once. */
const PAGE = 1000;

/** A ledger in the store's own database. */
export function databaseLedger(db: Database, now: () => number): ArtifactLedger {
  return {
    find: async (uri) => {
      const row = await db.read((queries) =>
        queries.selectFrom('scorecast_artifacts').selectAll().where('uri', '=', uri).executeTakeFirst(),
      );
      return row === undefined ? undefined : { uri, sizeBytes: row.size_bytes, sha256: row.sha256 };
    },
    note: async ({ uri, sizeBytes, sha256 }) => {
      const content = { size_bytes: sizeBytes, sha256, noted_at: now() };
      await db.write((queries) =>
        queries
          .insertInto('scorecast_artifacts')
          .values({ uri, ...content })
          .onConflict((conflict) => conflict.column('uri').doUpdateSet(content))
          .execute(),
      );
    },
    forget: async (uri) => {
      await db.write((queries) => queries.deleteFrom('scorecast_artifacts').where('uri', '=', uri).execute());
    },
    forgetTree: async (uri) => {
      await db.write((queries) =>
        queries
          .deleteFrom('scorecast_artifacts')
          .where((e) => e.or([e('uri', '=', uri), e.and([e('uri', '>', `${uri}/`), e('uri', '<', afterAll(uri))])]))
          .execute(),
      );
    },
    beneath: (uri) => entriesBeneath(db, uri),
  };
}

async function* entriesBeneath(db: Database, uri: string): AsyncIterable<LedgerEntry> {
  for (let last = `${uri}/`; ;) {
    const after = last;
    const rows = await db.read((queries) =>
      queries
        .selectFrom('scorecast_artifacts')
        .selectAll()
        .where('uri', '>', after)
        .where('uri', '<', afterAll(uri))
        .orderBy('uri')
        .limit(PAGE)
        .execute(),
    );
    for (const row of rows) yield { uri: row.uri, sizeBytes: row.size_bytes, sha256: row.sha256 };
    if (rows.length < PAGE) return;
    last = rows[rows.length - 1].uri;
  }
}

/** `0` follows `/`, so this follows everything beneath. */
function afterAll(uri: string): string {
  return `${uri}0`;
}
