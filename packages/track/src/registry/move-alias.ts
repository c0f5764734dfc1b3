import { mayActAs, type Identity } from '../access/role.js';
import type { Queries } from '../database/database.js';
import { setModelAlias } from '../store/model-aliases.js';
import { versionRow } from '../store/model-version-rows.js';
import type { Store } from '../store/store.js';
import { trackError } from '../track-error.js';
import { aliasVersion } from './alias-version.js';
import { approvalsOf, writeApproval } from './approvals.js';
import { writeAudit } from './audit.js';
import { checkGates, gatesHold, type GateResult } from './gates.js';
import type { RegistryPolicy } from './policy.js';
import { storeInside } from './store-inside.js';
import { versionFacts } from './version-facts.js';
import { queueEvent } from './webhooks.js';

/** A wish to point an alias to a version. */
export interface AliasMove {
  readonly name: string;
  readonly alias: string;
  /** A whole number as text. */
  readonly version: string;
  /** Who wishes it. */
  readonly by: Identity;
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
 * Points an alias to a version. A protected one, such as `production`, needs an approver, approval and gates that hold; a
 * refusal is written to the audit log too.
 *
 * @throws RESOURCE_DOES_NOT_EXIST, and PERMISSION_DENIED or REGISTRY_GATE_CLOSED for a protected alias.
 */
export async function moveAlias(store: Store, policy: RegistryPolicy, move: AliasMove): Promise<MovedAlias> {
  const { name, alias, by, reason } = move;
  const isProtected = policy.protectedAliases.includes(alias);
  const outcome = await store.db.write(async (queries) => {
    const { version } = await versionRow(queries, move);
    const from = await aliasVersion(queries, name, alias);
    const gates = isProtected ? await gatesBefore(queries, policy, { name, version, from }) : [];
    const refusal = isProtected ? await refusalOf(queries, policy, move, version, gates) : undefined;
    const details = { alias, from, to: version, reason, ...(isProtected ? { gates } : {}) };
    if (refusal !== undefined) {
      const subject = `${name}/${version}`;
      const refused = { ...details, refusal: refusal.message };
      await writeAudit(store, queries, { actor: by.subject, action: 'alias.refuse', subject, details: refused });
      return refusal;
    }
    if (isProtected && policy.approval === 'implied') {
      await writeApproval(store, queries, { name, version, by: by.subject, reason });
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
    readonly by: Identity;
    readonly kind: 'promote' | 'rollback';
    readonly details: Readonly<Record<string, unknown>>;
  },
): Promise<void> {
  const { name, alias, from, to, by, kind, details } = move;
  const at = store.now();
  const actor = by.subject;
  await setModelAlias(storeInside(store, queries), { name, alias, version: String(to) });
  const note = { actor, action: 'alias.move' as const, subject: `${name}/${to}`, details: { kind, ...details } };
  const sequence = await writeAudit(store, queries, note);
  const row = {
    sequence,
    model_name: name,
    alias,
    from_version: from,
    to_version: to,
    kind,
    moved_by: actor,
    moved_at: at,
  };
  await queries.insertInto('scorecast_alias_moves').values(row).execute();
  await queueEvent(queries, at, { event: 'alias.moved', data: { name, alias, from, to, by: actor, kind } });
}

/** How the gates would come out if the alias were to move to a version now. */
export async function gatesFor(
  store: Store,
  policy: RegistryPolicy,
  key: Pick<AliasMove, 'name' | 'version' | 'alias'>,
): Promise<readonly GateResult[]> {
  return store.db.read(async (queries) => {
    const { name, version } = await versionRow(queries, key);
    const from = await aliasVersion(queries, name, key.alias);
    return gatesBefore(queries, policy, { name, version, from });
  });
}

async function gatesBefore(
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
  const notAllowed = refuseUnlessApprover(by, alias);
  if (notAllowed !== undefined) return notAllowed;
  if (!gatesHold(gates, policy.gates)) return gateClosed(`version ${version} of ${name} cannot become ${alias}`, gates);
  if (policy.approval === 'implied') return undefined;
  const approvals = await approvalsOf(queries, name, version);
  const others =
    policy.approval === 'explicit' ? approvals : approvals.filter(({ approvedBy }) => approvedBy !== by.subject);
  if (others.length > 0) return undefined;
  const who = policy.approval === 'explicit' ? 'nobody' : `nobody but ${by.subject}`;
  return trackError('PERMISSION_DENIED', {
    message: `version ${version} of ${name} cannot become ${alias}: ${who} has approved it (expected an approval first: "scorecast models approve ${name} ${version}")`,
  });
}

function gateClosed(what: string, gates: readonly GateResult[]): Error {
  const reasons = gates
    .filter(({ outcome }) => outcome !== 'passed')
    .map(({ gate, outcome, why }) => `gate ${gate} ${outcome} (${why})`);
  return trackError('REGISTRY_GATE_CLOSED', { message: `${what}: ${reasons.join('; ')}` });
}

/** The refusal for somebody who may not move a protected alias. */
export function refuseUnlessApprover({ subject, role }: Identity, alias: string): Error | undefined {
  if (mayActAs(role, 'approver')) return undefined;
  const message = `${subject} has the role ${role}, and moving the protected alias ${alias} needs approver`;
  return trackError('PERMISSION_DENIED', { message });
}
