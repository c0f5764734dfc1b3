import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listAudit, verifyAudit, writeAudit } from '../../src/registry/audit.js';
import type { OpenStore } from '../../src/store/open-store.js';
import { ruledStore } from './registry-fixture.js';

let store: OpenStore;
beforeEach(async () => {
  store = await ruledStore();
});
afterEach(() => store.close());

const note = (subject: string) =>
  store.db.write((queries) =>
    writeAudit(store, queries, { actor: 'ada', action: 'approve', subject, details: { n: 1 } }),
  );
const tamper = async (statement: string) => {
  // Whoever tampers with the file can remove the triggers first.
  await store.db.write(async (queries) => {
    const { sql } = await import('kysely');
    await sql.raw('drop trigger scorecast_audit_no_update').execute(queries);
    await sql.raw('drop trigger scorecast_audit_no_delete').execute(queries);
    await sql.raw(statement).execute(queries);
  });
};

describe('the audit log', () => {
  it('is whole when nobody changed it', async () => {
    for (const subject of ['a/1', 'b/1', 'a/2']) await note(subject);
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true, entries: 3 });
  });

  it('of nothing is whole', async () => {
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true, entries: 0 });
  });

  it.each([
    ["update scorecast_audit set actor = 'eve' where sequence = 2", 'entry 2 was changed'],
    ["update scorecast_audit set details = '{}' where sequence = 3", 'entry 3 was changed'],
    ['update scorecast_audit set at = at + 1 where sequence = 1', 'entry 1 was changed'],
    ['delete from scorecast_audit where sequence = 2', 'entry 2 is missing'],
    ["update scorecast_audit set hash = '" + '0'.repeat(64) + "' where sequence = 2", 'entry 2 was changed'],
  ])('shows that "%s" was done', async (statement, reason) => {
    for (const subject of ['a/1', 'b/1', 'a/2', 'a/3']) await note(subject);
    await tamper(statement);
    expect(await verifyAudit(store)).toMatchObject({ isWhole: false, reason });
  });

  it('lets no statement change or remove an entry', async () => {
    await note('a/1');
    const change = store.db.write((queries) => queries.updateTable('scorecast_audit').set({ actor: 'eve' }).execute());
    await expect(change).rejects.toThrow('append-only');
    await expect(store.db.write((queries) => queries.deleteFrom('scorecast_audit').execute())).rejects.toThrow();
  });

  it('is read from its end, page by page', async () => {
    for (let index = 0; index < 5; index++) await note('a/1');
    const first = await listAudit(store, { maxResults: 3 });
    const second = await listAudit(store, { maxResults: 3, before: first.nextBefore });
    expect([...first.items, ...second.items].map(({ sequence }) => sequence)).toEqual([5, 4, 3, 2, 1]);
    expect(second.nextBefore).toBeUndefined();
  });

  it('shows what was done to one model, and not to those with longer names', async () => {
    for (const subject of ['exams', 'exams/1', 'exams-2/1', 'exams2', 'exam/1', 'exams/10']) await note(subject);
    const { items } = await listAudit(store, { model: 'exams' });
    expect(items.map(({ subject }) => subject)).toEqual(['exams/10', 'exams/1', 'exams']);
  });

  it('keeps no entry of a write that failed', async () => {
    const failing = store.db.write(async (queries) => {
      await writeAudit(store, queries, { actor: 'ada', action: 'approve', subject: 'a/1' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await verifyAudit(store)).toMatchObject({ entries: 0 });
  });
});
