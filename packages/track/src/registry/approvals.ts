import type { Queries } from '../database/database.js';
import { invalid } from '../store/checks.js';
import type { Store } from '../store/store.js';
import { writeAudit } from './audit.js';
import { queueEvent } from './webhooks.js';
import { versionRow } from '../store/model-version-rows.js';

/** Somebody's word that a version may go into production. */
export interface Approval {
  readonly approvedBy: string;
  /** Unix milliseconds. */
  readonly approvedAt: number;
  readonly reason: string;
}

/**
 * Approves a version. Doing it again changes the reason and the time.
 *
 * @throws RESOURCE_DOES_NOT_EXIST, INVALID_PARAMETER_VALUE without a reason.
 */
export async function approveVersion(
  store: Store,
  request: { readonly name: string; readonly version: string; readonly by: string; readonly reason: string },
): Promise<void> {
  const { name, by, reason } = request;
  await store.db.write(async (queries) => {
    const { version } = await versionRow(queries, request);
    await writeApproval(store, queries, { name, version, by, reason });
  });
}

/** Notes an approval, with its line in the audit log. */
export async function writeApproval(
  store: Store,
  queries: Queries,
  {
    name,
    version,
    by,
    reason,
  }: { readonly name: string; readonly version: number; readonly by: string; readonly reason: string },
): Promise<void> {
  if (reason.trim() === '') throw invalid('An approval needs a reason: say why the version may be used');
  const at = store.now();
  const row = { model_name: name, version, approved_by: by, approved_at: at, reason };
  await queries
    .insertInto('scorecast_approvals')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['model_name', 'version', 'approved_by']).doUpdateSet({ approved_at: at, reason }),
    )
    .execute();
  await writeAudit(store, queries, {
    actor: by,
    action: 'approve',
    subject: `${name}/${version}`,
    details: { reason },
  });
  await queueEvent(queries, at, { event: 'version.approved', data: { name, version, by, reason } });
}

/** Who approved a version, oldest first. */
export async function approvalsOf(queries: Queries, name: string, version: number): Promise<readonly Approval[]> {
  const rows = await queries
    .selectFrom('scorecast_approvals')
    .select(['approved_by', 'approved_at', 'reason'])
    .where('model_name', '=', name)
    .where('version', '=', version)
    .orderBy('approved_at')
    .orderBy('approved_by')
    .execute();
  return rows.map((row) => ({ approvedBy: row.approved_by, approvedAt: row.approved_at, reason: row.reason }));
}
