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

/** The rules of a registry. */
export interface ClientRules {
  /** `implied`, `explicit` or `two-person`. */
  readonly approval: string;
  readonly minR2: number;
  readonly tolerance: number;
  readonly coverageSlack: number;
  readonly strict: boolean;
}

/** A webhook as lists show it. */
export interface ClientWebhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  /** Unix milliseconds. */
  readonly createdAt: number;
  /** How many messages wait for it, and why the last attempt at one of them failed. */
  readonly waiting: number;
  readonly lastError: string | null;
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
  /** What it takes to put a version into production. */
  rules(): Promise<ClientRules>;
  /** Changes some of it, and gives all of it. */
  changeRules(changes: Partial<ClientRules> & { readonly reason: string }): Promise<ClientRules>;
  webhooks(): Promise<readonly ClientWebhook[]>;
  /** Adds a webhook; its secret signs every message and is shown this one time. Default: all events. */
  addWebhook(webhook: { readonly url: string; readonly events?: readonly string[] }): Promise<{
    readonly webhook: ClientWebhook;
    readonly secret: string;
  }>;
  /** Sends it a message now; why it was not taken, or null. */
  testWebhook(id: string): Promise<string | null>;
  removeWebhook(id: string): Promise<void>;
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
    rules: async () => readRules(await get('policy')),
    changeRules: async ({ approval, minR2, tolerance, coverageSlack, strict, reason }) => {
      const numbers = { min_r2: written(minR2), tolerance, coverage_slack: written(coverageSlack) };
      return readRules(await post('policy', { approval, ...numbers, strict, reason }));
    },
    webhooks: async () => listOf((await get('webhooks'))['webhooks']).map(readWebhook),
    async addWebhook(webhook) {
      const answer = await post('webhooks', webhook);
      return { webhook: readWebhook(fieldsOf(answer['webhook'])), secret: textOf(answer['secret']) };
    },
    async testWebhook(id) {
      const answer = await ask({ method: 'POST', path: at('webhooks/test'), json: { id }, once: true });
      return answer['is_delivered'] === true ? null : textOf(answer['error']);
    },
    removeWebhook: (id) => connection.tell({ method: 'DELETE', path: at('webhooks'), json: { id } }),
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

function readRules(fields: Fields): ClientRules {
  const gates = fieldsOf(fields['gates']);
  return {
    approval: textOf(fields['approval']),
    minR2: numberOf(gates['min_r2']),
    tolerance: numberOf(gates['tolerance']),
    coverageSlack: numberOf(gates['coverage_slack']),
    strict: gates['strict'] === true,
  };
}

/** JSON has no infinities. */
function written(value: number | undefined): number | string | undefined {
  return value === undefined || Number.isFinite(value) ? value : String(value);
}

function readWebhook(fields: Fields): ClientWebhook {
  const events: unknown = fields['events'];
  return {
    id: textOf(fields['id']),
    url: textOf(fields['url']),
    events: Array.isArray(events) ? events.map(textOf) : [],
    createdAt: numberOf(fields['created_at']),
    waiting: integerOrNull(fields['waiting']) ?? 0,
    lastError: textOrNull(fields['last_error']),
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
