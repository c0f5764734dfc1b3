import type { Role } from '../access/role.js';
import type { GateResult } from '../registry/gates.js';
import type { ClientRequest, Connection } from './connection.js';
import { fieldsOf, integerOrNull, listOf, numberOf, oneOf, textOf, textOrNull, type Fields } from './read-answer.js';

/** Somebody's word that a version may be used. */
export interface ClientApproval {
  readonly approvedBy: string;
  /** Unix milliseconds. */
  readonly approvedAt: number;
  readonly reason: string;
}

/** One line of the audit log. */
export interface ClientAuditEntry {
  readonly sequence: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly details: Fields;
  /** SHA-256 of this entry and the hash before it, lower-case hexadecimal. */
  readonly hash: string;
}

/** Whether the audit log is whole. */
export interface ClientAuditVerdict {
  readonly isWhole: boolean;
  /** Where it is not: at which entry, and why. */
  readonly sequence: number | null;
  readonly reason: string | null;
  /** Where it is: how many entries it has, and the last one's hash. */
  readonly entries: number | null;
  readonly hash: string | null;
}

/** How an alias was moved. */
export interface ClientMove {
  readonly from: string | null;
  readonly to: string;
  readonly gates: readonly GateResult[];
}

/** A key as lists show it. */
export interface ClientKey {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly revokedAt: number | null;
}

/** Names a version. */
interface VersionKey {
  readonly name: string;
  readonly version: string;
}

/** What servers of Scorecast have beyond MLflow's. Others answer ENDPOINT_NOT_FOUND. */
export interface RegistryVerbs {
  /** Says that a version may be used. */
  approve(key: VersionKey & { readonly reason: string }): Promise<void>;
  approvals(key: VersionKey): Promise<readonly ClientApproval[]>;
  /** How the gates before an alias would come out for a version. */
  gates(key: VersionKey & { readonly alias: string }): Promise<{ holds: boolean; gates: readonly GateResult[] }>;
  /** Points an alias to a version, by the registry's rules; a closed gate is REGISTRY_GATE_CLOSED. */
  promote(move: VersionKey & { readonly alias: string; readonly reason: string }): Promise<ClientMove>;
  /** Points an alias back to the version before. */
  rollback(move: { readonly name: string; readonly alias: string; readonly reason: string }): Promise<ClientMove>;
  /** The audit log, newest first: all of it, or that of one model. */
  audit(model?: string): AsyncGenerator<ClientAuditEntry, void, undefined>;
  /** Whether the audit log is whole, and if not, why. */
  verifyAudit(): Promise<ClientAuditVerdict>;
  createKey(key: { readonly name: string; readonly role: Role; readonly expiresAt?: number }): Promise<{
    readonly key: ClientKey;
    readonly secret: string;
  }>;
  keys(): Promise<readonly ClientKey[]>;
  revokeKey(id: string): Promise<void>;
}

/** The registry's verbs over one connection. */
export function registryVerbs(connection: Connection): RegistryVerbs {
  const at = (path: string) => `api/2.0/scorecast/${path}`;
  const ask = async (request: ClientRequest) => fieldsOf(await connection.json(request));
  const get = (path: string, query: ClientRequest['query'] = {}) => ask({ method: 'GET', path: at(path), query });
  const post = (path: string, json: object) => ask({ method: 'POST', path: at(path), json });
  return {
    approve: (key) => connection.tell({ method: 'POST', path: at('model-versions/approve'), json: key }),
    approvals: async ({ name, version }) =>
      listOf((await get('model-versions/approvals', { name, version }))['approvals']).map((fields) => ({
        approvedBy: textOf(fields['approved_by']),
        approvedAt: numberOf(fields['approved_at']),
        reason: textOf(fields['reason']),
      })),
    async gates({ name, version, alias }) {
      const answer = await get('gates', { name, version, alias });
      return { holds: answer['holds'] === true, gates: readGates(answer['gates']) };
    },
    promote: async (move) => readMove(await post('aliases/move', move)),
    rollback: async (move) => readMove(await post('aliases/rollback', move)),
    async *audit(model) {
      for (let before: string | undefined; ;) {
        const answer = await get('audit', { model, before, max_results: 1000 });
        for (const fields of listOf(answer['entries'])) yield readAuditEntry(fields);
        before = textOrNull(answer['next_before']) ?? undefined;
        if (before === undefined) return;
      }
    },
    async verifyAudit() {
      const answer = await get('audit/verify');
      return {
        isWhole: answer['is_whole'] === true,
        sequence: integerOrNull(answer['sequence']),
        entries: integerOrNull(answer['entries']),
        reason: textOrNull(answer['reason']),
        hash: textOrNull(answer['hash']),
      };
    },
    async createKey({ name, role, expiresAt }) {
      const answer = await post('keys', { name, role, expires_at: expiresAt });
      return { key: readKey(fieldsOf(answer['key'])), secret: textOf(answer['secret']) };
    },
    keys: async () => listOf((await get('keys'))['keys']).map(readKey),
    revokeKey: (id) => connection.tell({ method: 'POST', path: at('keys/revoke'), json: { id } }),
  };
}

function readMove(fields: Fields): ClientMove {
  return { from: textOrNull(fields['from']), to: textOf(fields['to']), gates: readGates(fields['gates']) };
}

function readGates(value: unknown): readonly GateResult[] {
  return listOf(value).map((fields) => ({
    gate: oneOf(['floor', 'not-worse', 'coverage', 'leakage'], fields['gate']),
    outcome: oneOf(['unknown', 'passed', 'failed'], fields['outcome']),
    why: textOf(fields['why']),
  }));
}

function readAuditEntry(fields: Fields): ClientAuditEntry {
  return {
    sequence: numberOf(fields['sequence']),
    at: numberOf(fields['at']),
    actor: textOf(fields['actor']),
    action: textOf(fields['action']),
    subject: textOf(fields['subject']),
    details: fieldsOf(fields['details']),
    hash: textOf(fields['hash']),
  };
}

function readKey(fields: Fields): ClientKey {
  const time = (value: unknown) => (typeof value === 'number' ? value : null);
  return {
    id: textOf(fields['id']),
    name: textOf(fields['name']),
    role: oneOf(['viewer', 'editor', 'approver', 'admin'], fields['role']),
    createdAt: numberOf(fields['created_at']),
    expiresAt: time(fields['expires_at']),
    revokedAt: time(fields['revoked_at']),
  };
}
