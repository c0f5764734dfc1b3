import { createApiKey, listApiKeys, revokeApiKey, type ApiKey } from '../../access/api-keys.js';
import type { Role } from '../../access/role.js';
import { approvalsOf, approveVersion } from '../../registry/approvals.js';
import { listAudit, verifyAudit, writeAudit } from '../../registry/audit.js';
import { gatesHold } from '../../registry/gates.js';
import { gatesFor, moveAlias, type MovedAlias } from '../../registry/move-alias.js';
import { rollbackAlias } from '../../registry/rollback-alias.js';
import { addWebhook, listWebhooks, removeWebhook, type Webhook } from '../../registry/webhooks.js';
import { storeInside } from '../../registry/store-inside.js';
import { versionRow } from '../../store/model-version-rows.js';
import { acting, route, type ApiCall, type ApiRoute } from '../api-route.js';
import { oneOf, required, text, texts, whole } from '../request/fields.js';

const MAX_ENTRIES = 1000;
const roleField = oneOf<Role>({ viewer: 1, editor: 2, approver: 3, admin: 4 });

/** What Scorecast has beyond MLflow: approval, gates, roll-back, the audit log, webhooks and keys. */
export const registryRuleRoutes: readonly ApiRoute[] = [
  route('GET', 'identity', 'viewer', async (call) => acting(call).by),
  route('GET', 'policy', 'viewer', async ({ policy }) => ({
    protected_aliases: policy.protectedAliases,
    approval: policy.approval,
    gates: policy.gates,
  })),
  route('GET', 'model-versions/approvals', 'viewer', approvals),
  route('POST', 'model-versions/approve', 'approver', async ({ fields, ...call }) => {
    const { store, by } = acting(call);
    const key = { name: required(text, fields, 'name'), version: required(text, fields, 'version') };
    await approveVersion(store, { ...key, by: by.subject, reason: text(fields, 'reason') ?? '' });
    return {};
  }),
  route('GET', 'gates', 'viewer', async ({ store, policy, fields }) => {
    const key = { name: required(text, fields, 'name'), version: required(text, fields, 'version') };
    const gates = await gatesFor(store, policy, { ...key, alias: text(fields, 'alias') ?? 'production' });
    return { holds: gatesHold(gates, policy.gates), gates };
  }),
  route('POST', 'aliases/move', 'editor', async ({ fields, ...call }) => {
    const { store, policy, by } = acting(call);
    const key = { name: required(text, fields, 'name'), version: required(text, fields, 'version') };
    const reason = required(text, fields, 'reason');
    return wireMove(await moveAlias(store, policy, { ...key, alias: required(text, fields, 'alias'), by, reason }));
  }),
  route('POST', 'aliases/rollback', 'editor', async ({ fields, ...call }) => {
    const { store, policy, by } = acting(call);
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
  route('GET', 'webhooks', 'admin', async ({ store }) => ({ webhooks: (await listWebhooks(store)).map(wireWebhook) })),
  route('POST', 'webhooks', 'admin', async ({ store, fields }) => {
    const events = texts(fields, 'events');
    const url = required(text, fields, 'url');
    const { secret, ...webhook } = await addWebhook(store, { url, ...(events === undefined ? {} : { events }) });
    return { webhook: wireWebhook(webhook), secret };
  }),
  route('DELETE', 'webhooks', 'admin', async ({ store, fields }) => {
    await removeWebhook(store, required(text, fields, 'id'));
    return {};
  }),
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
  const { store, by } = acting(call);
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
  const { store, by } = acting(call);
  const id = required(text, fields, 'id');
  await store.db.write(async (queries) => {
    await revokeApiKey(storeInside(store, queries), id);
    await writeAudit(store, queries, { actor: by.subject, action: 'key.revoke', subject: id });
  });
  return {};
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
