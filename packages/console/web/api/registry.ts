import { field, flag, list, number, optionalText, text } from './json.js';
import { get, post } from './request.js';

/** Who the server takes this visitor for. */
export interface Identity {
  readonly subject: string;
  /** viewer, editor, approver, admin */
  readonly role: string;
}

/** What it takes to put a version into production. */
export interface Policy {
  readonly protectedAliases: readonly string[];
  /** implied, explicit, two-person */
  readonly approval: string;
}

/** How one gate comes out. */
interface Gate {
  readonly name: string;
  /** passed, failed, unknown */
  readonly outcome: string;
  readonly why: string;
}

/** How all of them come out, and whether that is enough. */
export interface Gates {
  readonly hold: boolean;
  readonly gates: readonly Gate[];
}

/** Somebody vouched for a version. */
export interface Approval {
  readonly by: string;
  readonly at: number | undefined;
  readonly reason: string;
}

/** One line of the audit log. */
export interface AuditEntry {
  readonly sequence: number;
  readonly at: number | undefined;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: unknown;
}

/** Some lines of the log, the newest first. */
export interface AuditPage {
  readonly entries: readonly AuditEntry[];
  readonly nextBefore: number | undefined;
}

/** A version of a model. */
interface VersionKey {
  readonly name: string;
  readonly version: string;
}

/** Who this visitor is. */
export async function getIdentity(signal?: AbortSignal): Promise<Identity> {
  const answer = await get('scorecast/identity', {}, signal);
  return { subject: text(answer, 'subject'), role: text(answer, 'role') };
}

/** The rules of the registry. */
export async function getPolicy(signal?: AbortSignal): Promise<Policy> {
  const answer = await get('scorecast/policy', {}, signal);
  return { protectedAliases: list(answer, 'protected_aliases', String), approval: text(answer, 'approval') };
}

/** How the gates would come out if an alias were to move to a version now. */
export async function getGates({ name, version }: VersionKey, alias: string, signal?: AbortSignal): Promise<Gates> {
  const answer = await get('scorecast/gates', { name, version, alias }, signal);
  return { hold: flag(answer, 'holds'), gates: list(answer, 'gates', readGate) };
}

/** Who approved a version. */
export async function getApprovals({ name, version }: VersionKey, signal?: AbortSignal): Promise<readonly Approval[]> {
  return list(await get('scorecast/model-versions/approvals', { name, version }, signal), 'approvals', readApproval);
}

/** Approves a version. */
export async function approve({ name, version }: VersionKey, reason: string): Promise<void> {
  await post('scorecast/model-versions/approve', { name, version, reason });
}

/** Points an alias to a version. */
export async function moveAlias({ name, version }: VersionKey, alias: string, reason: string): Promise<void> {
  await post('scorecast/aliases/move', { name, alias, version, reason });
}

/** Points an alias back to the version before; answers which one that is. */
export async function rollBack(name: string, alias: string, reason: string): Promise<string> {
  return text(await post('scorecast/aliases/rollback', { name, alias, reason }), 'to');
}

/** The log of one model. */
export async function getAudit(model: string, before?: number, signal?: AbortSignal): Promise<AuditPage> {
  const answer = await get('scorecast/audit', { model, before, max_results: 100 }, signal);
  return { entries: list(answer, 'entries', readEntry), nextBefore: number(answer, 'next_before') };
}

/** What a check of the whole log's hashes finds, in a sentence. */
export async function verifyAudit(): Promise<{ readonly isWhole: boolean; readonly words: string }> {
  const answer = await get('scorecast/audit/verify');
  const isWhole = flag(answer, 'is_whole');
  return {
    isWhole,
    words: isWhole
      ? `The log is whole: ${number(answer, 'entries') ?? 0} entries of all models, no gap, no change.`
      : `The log is not whole: ${optionalText(answer, 'reason') ?? 'its hashes do not fit'}.`,
  };
}

function readGate(value: unknown): Gate {
  return { name: text(value, 'gate'), outcome: text(value, 'outcome'), why: text(value, 'why') };
}

function readApproval(value: unknown): Approval {
  return { by: text(value, 'approved_by'), at: number(value, 'approved_at'), reason: text(value, 'reason') };
}

function readEntry(value: unknown): AuditEntry {
  return {
    sequence: number(value, 'sequence') ?? 0,
    at: number(value, 'at'),
    actor: text(value, 'actor'),
    action: text(value, 'action'),
    subject: text(value, 'subject'),
    details: field(value, 'details'),
  };
}
