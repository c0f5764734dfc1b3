import type { Queries } from '../database/database.js';
import type { Store } from '../store/store.js';
import { trackError } from '../track-error.js';
import { approvalsOf, writeApproval } from './approvals.js';
import { writeAudit } from './audit.js';
import { checkGates, gatesHold, type GateResult } from './gates.js';
import type { RegistryPolicy } from './policy.js';
import { aliasVersion, requireVersion, versionNumber } from './registry-rows.js';
import { versionFacts } from './version-facts.js';
import { queueEvent } from './webhooks.js';

/** A wish to point an alias to a version. */
export interface AliasMove {
  readonly name: string;
  readonly alias: string;
  readonly version: string;
  /** Who wishes it. */
  readonly by: string;
  readonly reason: string;
}

/** How an alias was moved. */
export interface MovedAlias {
  /** The version before, or null. */
  readonly from: string | null;
  readonly to: string;
  /** How the gates came out; none for an alias that is not protected. */
  readonly gates: readonly GateResult[];
}

/**
 * Points an alias to a version. A protected one, such as `production`, needs approval and gates that hold; a refusal is
 * written to the audit log too.
 *
 * @throws RESOURCE_DOES_NOT_EXIST, and PERMISSION_DENIED or TRACK_GATE_CLOSED for a protected alias.
 */
export async function moveAlias(store: Store, policy: RegistryPolicy, move: AliasMove): Promise<MovedAlias> {
  const { name, alias, by, reason } = move;
  const version = versionNumber(move.version);
  const isProtected = policy.protectedAliases.includes(alias);
  const outcome = await store.db.write(async (queries) => {
    await requireVersion(queries, name, version);
    const from = await aliasVersion(queries, name, alias);
    const gates = isProtected ? await heldAgainst(queries, policy, { name, version, from }) : [];
    const refusal = isProtected ? await refusalOf(queries, policy, move, version, gates) : undefined;
    const details = { alias, from, to: version, reason, ...(isProtected ? { gates } : {}) };
    const subject = `${name}/${version}`;
    if (refusal !== undefined) {
      await writeAudit(store, queries, {
        actor: by,
        action: 'alias.refuse',
        subject,
        details: { ...details, refusal: refusal.message },
      });
      return refusal;
    }
    if (isProtected && policy.approval === 'implied') {
      await writeApproval(store, queries, { name, version, by, reason });
    }
    await pointAlias(store, queries, { name, alias, from, to: version, by, kind: 'promote', details });
    return { from: from === null ? null : String(from), to: String(version), gates };
  });
  if (outcome instanceof Error) throw outcome;
  return outcome;
}

/** Writes an alias, its history, its line in the audit log, and what is to be told of it. */
export async function pointAlias(
  store: Store,
  queries: Queries,
  move: {
    readonly name: string;
    readonly alias: string;
    readonly from: number | null;
    readonly to: number;
    readonly by: string;
    readonly kind: 'promote' | 'rollback';
    readonly details: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { name, alias, from, to, by, kind, details } = move;
  const at = store.now();
  await queries
    .insertInto('registered_model_aliases')
    .values({ name, alias, version: to })
    .onConflict((conflict) => conflict.columns(['name', 'alias']).doUpdateSet({ version: to }))
    .execute();
  const note = { actor: by, action: 'alias.move' as const, subject: `${name}/${to}`, details: { kind, ...details } };
  const sequence = await writeAudit(store, queries, note);
  const row = {
    sequence,
    model_name: name,
    alias,
    from_version: from,
    to_version: to,
    kind,
    moved_by: by,
    moved_at: at,
  };
  await queries.insertInto('scorecast_alias_moves').values(row).execute();
  await queueEvent(queries, at, { event: 'alias.moved', data: { name, alias, from, to, by, kind } });
}

async function heldAgainst(
  queries: Queries,
  policy: RegistryPolicy,
  { name, version, from }: { readonly name: string; readonly version: number; readonly from: number | null },
): Promise<readonly GateResult[]> {
  const facts = await versionFacts(queries, name, version);
  const present = from === null || from === version ? undefined : await versionFacts(queries, name, from);
  return checkGates(facts, present, policy.gates);
}

async function refusalOf(
  queries: Queries,
  policy: RegistryPolicy,
  { name, alias, by }: AliasMove,
  version: number,
  gates: readonly GateResult[],
): Promise<Error | undefined> {
  if (!gatesHold(gates, policy.gates)) return trackError('TRACK_GATE_CLOSED', { name, version, alias, gates });
  if (policy.approval === 'implied') return undefined;
  const approvals = await approvalsOf(queries, name, version);
  const others = policy.approval === 'explicit' ? approvals : approvals.filter(({ approvedBy }) => approvedBy !== by);
  if (others.length > 0) return undefined;
  const who = policy.approval === 'explicit' ? 'nobody' : `nobody but ${by}`;
  return trackError('PERMISSION_DENIED', {
    message: `version ${version} of ${name} cannot become ${alias}: ${who} has approved it (expected an approval first: "scorecast models approve ${name} ${version}")`,
  });
}
