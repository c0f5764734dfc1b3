import { createApiKey, listApiKeys, revokeApiKey, type ApiKey } from '../../access/api-keys.js';
import type { Role } from '../../access/role.js';
import { approvalsOf, approveVersion } from '../../registry/approvals.js';
import { listAudit, verifyAudit, writeAudit } from '../../registry/audit.js';
import { defaultGates, gatesHold } from '../../registry/gates.js';
import { gatesFor, moveAlias, type MovedAlias } from '../../registry/move-alias.js';
import type { ApprovalRule, RegistryPolicy } from '../../registry/policy.js';
import { changeRules } from '../../registry/rules.js';
import { rollbackAlias } from '../../registry/rollback-alias.js';
import { addWebhook, listWebhooks, removeWebhook, testWebhook, type Webhook } from '../../registry/webhooks.js';
import { storeInside } from '../../registry/store-inside.js';
import { versionRow } from '../../store/model-version-rows.js';
import { acting, identityOf, route, type ApiCall, type ApiRoute } from '../api-route.js';
import { flag, number, oneOf, required, text, texts, whole } from '../request/fields.js';
import { wireNumber } from '../wire/number.js';

const MAX_ENTRIES = 1000;
const approvalField = oneOf<ApprovalRule>({ implied: 1, explicit: 2, 'two-person': 3 });
const roleField = oneOf<Role>({ viewer: 1, editor: 2, approver: 3, admin: 4 });

/** What Scorecast has beyond MLflow: approval, gates, roll-back, the audit log, webhooks and keys. */
export const registryRuleRoutes: readonly ApiRoute[] = [
  route('GET', 'identity', 'viewer', async (call) => identityOf(call)),
  route('GET', 'policy', 'viewer', async ({ policy }) => wirePolicy(await policy())),
  route('POST', 'policy', 'admin', async ({ fields, ...call }) => {
    const changes = {
      approval: approvalField(fields, 'approval'),
      minR2: number(fields, 'min_r2'),
      tolerance: number(fields, 'tolerance'),
      coverageSlack: number(fields, 'coverage_slack'),
      strict: flag(fields, 'strict'),
    };
    const note = { by: identityOf(call), reason: required(text, fields, 'reason') };
    await changeRules(call.store, changes, note);
    return wirePolicy(await call.policy());
  }),
  route('GET', 'model-versions/approvals', 'viewer', approvals),
  route('POST', 'model-versions/approve', 'approver', async ({ fields, ...call }) => {
    const { store } = call;
    const by = identityOf(call);
    const key = { name: required(text, fields, 'name'), version: required(text, fields, 'version') };
    await approveVersion(store, { ...key, by: by.subject, reason: text(fields, 'reason') ?? '' });
    return {};
  }),
  route('GET', 'gates', 'viewer', async ({ store, fields, ...call }) => {
    const policy = await call.policy();
    const key = { name: required(text, fields, 'name'), version: required(text, fields, 'version') };
    const gates = await gatesFor(store, policy, { ...key, alias: text(fields, 'alias') ?? 'production' });
    return { holds: gatesHold(gates, policy.gates), gates };
  }),
  route('POST', 'aliases/move', 'editor', async ({ fields, ...call }) => {
    const { store, policy, by } = await acting(call);
    const key = { name: required(text, fields, 'name'), version: required(text, fields, 'version') };
    const reason = required(text, fields, 'reason');
    return wireMove(await moveAlias(store, policy, { ...key, alias: required(text, fields, 'alias'), by, reason }));
  }),
  route('POST', 'aliases/rollback', 'editor', async ({ fields, ...call }) => {
    const { store, policy, by } = await acting(call);
    const key = { name: required(text, fields, 'name'), alias: required(text, fields, 'alias') };
    return wireMove(await rollbackAlias(store, policy, { ...key, by, reason: required(text, fields, 'reason') }));
  }),
  route('GET', 'audit', 'viewer', async ({ store, fields }) => {
    const maxResults = Math.min(MAX_ENTRIES, Math.max(1, whole(fields, 'max_results') ?? 100));
    const page = await listAudit(store, { maxResults, before: whole(fields, 'before'), model: text(fields, 'model') });
    return { entries: page.items, next_before: page.nextBefore };
  }),
  route('GET', 'audit/verify', 'viewer', async ({ store }) => {
    const { isWhole, ...rest } = await verifyAudit(store);
    return { is_whole: isWhole, ...rest };
  }),
  route('GET', 'webhooks', 'admin', async ({ store }) => ({
    webhooks: (await listWebhooks(store)).map(({ waiting, lastError, ...webhook }) => ({
      ...wireWebhook(webhook),
      waiting,
      last_error: lastError,
    })),
  })),
  route('POST', 'webhooks', 'admin', createWebhook),
  route('POST', 'webhooks/test', 'admin', async ({ store, fields }) => {
    const failure = await testWebhook(store, required(text, fields, 'id'));
    return { is_delivered: failure === undefined, error: failure };
  }),
  route('DELETE', 'webhooks', 'admin', deleteWebhook),
  route('GET', 'keys', 'admin', async ({ store }) => ({ keys: (await listApiKeys(store)).map(wireKey) })),
  route('POST', 'keys', 'admin', createKey),
  route('POST', 'keys/revoke', 'admin', revokeKey),
];

async function approvals({ store, fields }: ApiCall): Promise<object> {
  const key = { name: required(text, fields, 'name'), version: required(text, fields, 'version') };
  const found = await store.db.read(async (queries) => {
    const { name, version } = await versionRow(queries, key);
    return approvalsOf(queries, name, version);
  });
  return {
    approvals: found.map(({ approvedBy, approvedAt, reason }) => ({
      approved_by: approvedBy,
      approved_at: approvedAt,
      reason,
    })),
  };
}

async function createKey({ fields, ...call }: ApiCall): Promise<object> {
  const { store } = call;
  const by = identityOf(call);
  const request = {
    name: required(text, fields, 'name'),
    role: required(roleField, fields, 'role'),
    expiresAt: whole(fields, 'expires_at'),
  };
  const { key, ...made } = await store.db.write(async (queries) => {
    const created = await createApiKey(storeInside(store, queries), request);
    const details = { name: created.name, role: created.role, expiresAt: created.expiresAt };
    await writeAudit(store, queries, { actor: by.subject, action: 'key.create', subject: created.id, details });
    return created;
  });
  return { key: wireKey(made), secret: key };
}

async function revokeKey({ fields, ...call }: ApiCall): Promise<object> {
  const { store } = call;
  const by = identityOf(call);
  const id = required(text, fields, 'id');
  await store.db.write(async (queries) => {
    await revokeApiKey(storeInside(store, queries), id);
    await writeAudit(store, queries, { actor: by.subject, action: 'key.revoke', subject: id });
  });
  return {};
}

async function createWebhook({ fields, ...call }: ApiCall): Promise<object> {
  const { store } = call;
  const actor = identityOf(call).subject;
  const events = texts(fields, 'events');
  const request = { url: required(text, fields, 'url'), ...(events === undefined ? {} : { events }) };
  const { secret, ...webhook } = await store.db.write(async (queries) => {
    const added = await addWebhook(storeInside(store, queries), request);
    const details = { url: added.url, events: added.events };
    await writeAudit(store, queries, { actor, action: 'webhook.add', subject: added.id, details });
    return added;
  });
  return { webhook: wireWebhook(webhook), secret };
}

async function deleteWebhook({ fields, ...call }: ApiCall): Promise<object> {
  const { store } = call;
  const actor = identityOf(call).subject;
  const id = required(text, fields, 'id');
  await store.db.write(async (queries) => {
    await removeWebhook(storeInside(store, queries), id);
    await writeAudit(store, queries, { actor, action: 'webhook.remove', subject: id });
  });
  return {};
}

function wirePolicy({ protectedAliases, approval, gates }: RegistryPolicy): object {
  const { minR2, tolerance, coverageSlack, strict } = { ...defaultGates, ...gates };
  return {
    protected_aliases: protectedAliases,
    approval,
    gates: { min_r2: wireNumber(minR2), tolerance, coverage_slack: wireNumber(coverageSlack), strict },
  };
}

function wireMove({ from, to, gates }: MovedAlias): object {
  return { from, to, gates };
}

function wireWebhook({ id, url, events, createdAt }: Webhook): object {
  return { id, url, events, created_at: createdAt };
}

function wireKey({ id, name, role, createdAt, expiresAt, revokedAt }: ApiKey): object {
  return { id, name, role, created_at: createdAt, expires_at: expiresAt, revoked_at: revokedAt };
}
