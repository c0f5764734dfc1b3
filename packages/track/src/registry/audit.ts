import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Queries } from '../database/database.js';
import type { Store } from '../store/store.js';
import { trackError } from '../track-error.js';

const ACTIONS = [
  'approve',
  'alias.move',
  'alias.delete',
  'alias.refuse',
  'stage.change',
  'version.create',
  'version.delete',
  'model.create',
  'model.rename',
  'model.delete',
  'key.create',
  'key.revoke',
  'rules.change',
  'webhook.add',
  'webhook.remove',
] as const;

/** What was done. */
type AuditAction = (typeof ACTIONS)[number];

/** One line of the audit log. */
export interface AuditEntry {
  /** 1, 2, 3, without gaps. */
  readonly sequence: number;
  /** Unix milliseconds. */
  readonly at: number;
  /** Who did it. */
  readonly actor: string;
  readonly action: AuditAction;
  /** What it was done to, such as `exams/3`. */
  readonly subject: string;
  /** The rest: reasons, gates, what was before. */
  readonly details: Readonly<Record<string, unknown>>;
  /** SHA-256 of this entry and the hash before it, lower-case hexadecimal. */
  readonly hash: string;
}

/** What is noted; the log adds number, time and hash. */
export type AuditNote = Pick<AuditEntry, 'actor' | 'action' | 'subject'> & { readonly details?: AuditEntry['details'] };

/** Any number that no other part of the program locks by. */
const AUDIT_LOCK = 7_265_001;

/** What the first entry follows. */
const BEGINNING = '0'.repeat(64);

/**
 * Adds an entry inside of the write that it is about, so that neither is kept without the other.
 *
 * @returns Its number.
 */
export async function writeAudit(store: Store, queries: Queries, note: AuditNote): Promise<number> {
  // SQLite has one writer at a time; PostgreSQL's writers wait here for each other.
  if (store.db.dialect === 'postgres') await sql`select pg_advisory_xact_lock(${AUDIT_LOCK})`.execute(queries);
  const last = await lastEntry(queries);
  const sequence = (last?.sequence ?? 0) + 1;
  const details = JSON.stringify(note.details ?? {});
  const entry = { sequence, at: store.now(), actor: note.actor, action: note.action, subject: note.subject, details };
  const hash = hashOf(last?.hash ?? BEGINNING, entry);
  await queries
    .insertInto('scorecast_audit')
    .values({ ...entry, hash })
    .execute();
  return sequence;
}

/** Which part of the log is wanted. */
export interface AuditRequest {
  /** Default 100. */
  readonly maxResults?: number;
  /** Only entries before this number: the `nextBefore` of the page before. */
  readonly before?: number | undefined;
  /** Only what was done to this model and its versions. */
  readonly model?: string | undefined;
}

/** The log from its newest entry to its oldest. */
export async function listAudit(
  store: Store,
  { maxResults = 100, before = Number.MAX_SAFE_INTEGER, model }: AuditRequest = {},
): Promise<{ readonly items: readonly AuditEntry[]; readonly nextBefore?: number }> {
  const rows = await store.db.read((queries) => {
    const entries = queries.selectFrom('scorecast_audit').selectAll().where('sequence', '<', before);
    // `exams/1`, `exams/2` and so on lie between `exams/` and `exams0`: the character after the slash.
    const ofModel =
      model === undefined
        ? entries
        : entries.where((where) =>
            where.or([
              where('subject', '=', model),
              where.and([where('subject', '>', `${model}/`), where('subject', '<', `${model}0`)]),
            ]),
          );
    return ofModel.orderBy('sequence', 'desc').limit(maxResults).execute();
  });
  const last = rows.at(-1);
  return {
    items: rows.map(({ action, details, ...row }) => ({
      ...row,
      action: actionNamed(action),
      details: detailsOf(details),
    })),
    ...(rows.length === maxResults && last !== undefined ? { nextBefore: last.sequence } : {}),
  };
}

/** Whether the log is whole, and where it is not. */
export type AuditVerdict =
  | { readonly isWhole: true; readonly entries: number; readonly hash: string }
  | { readonly isWhole: false; readonly sequence: number; readonly reason: string };

const BATCH = 1000;

/**
 * Follows the hashes from the first entry to the last. An entry that was changed, removed or put in between breaks them; entries
 * cut off at the end do not, so keep the last hash elsewhere to notice that.
 */
export async function verifyAudit(store: Store): Promise<AuditVerdict> {
  let hash = BEGINNING;
  let sequence = 0;
  for (;;) {
    const rows = await entriesAfter(store, sequence);
    for (const { hash: stored, ...entry } of rows) {
      sequence += 1;
      if (entry.sequence !== sequence) {
        return { isWhole: false, sequence, reason: `entry ${sequence} is missing` };
      }
      hash = hashOf(hash, entry);
      if (hash !== stored) return { isWhole: false, sequence, reason: `entry ${sequence} was changed` };
    }
    if (rows.length < BATCH) return { isWhole: true, entries: sequence, hash };
  }
}

function entriesAfter(store: Store, sequence: number) {
  return store.db.read((queries) =>
    queries
      .selectFrom('scorecast_audit')
      .selectAll()
      .where('sequence', '>', sequence)
      .orderBy('sequence')
      .limit(BATCH)
      .execute(),
  );
}

function lastEntry(queries: Queries) {
  return queries
    .selectFrom('scorecast_audit')
    .select(['sequence', 'hash'])
    .orderBy('sequence', 'desc')
    .limit(1)
    .executeTakeFirst();
}

interface HashedEntry {
  readonly sequence: number;
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: string;
}

function hashOf(previous: string, { sequence, at, actor, action, subject, details }: HashedEntry): string {
  const fields = JSON.stringify([previous, sequence, at, actor, action, subject, details]);
  return createHash('sha256').update(fields).digest('hex');
}

function actionNamed(text: string): AuditAction {
  const action = ACTIONS.find((one) => one === text);
  if (action !== undefined) return action;
  throw trackError('INVALID_STATE', { message: `the audit log has the unknown action ${JSON.stringify(text)}` });
}

function detailsOf(text: string): AuditEntry['details'] {
  const value: unknown = JSON.parse(text);
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
