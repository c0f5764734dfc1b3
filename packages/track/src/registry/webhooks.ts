import { createHmac, randomBytes } from 'node:crypto';
import type { Queries } from '../database/database.js';
import { invalid } from '../store/checks.js';
import type { Store } from '../store/store.js';
import { trackError } from '../track-error.js';

/** What webhooks are told of. */
const WEBHOOK_EVENTS = [
  'alias.moved',
  'alias.deleted',
  'version.created',
  'version.deleted',
  'version.approved',
] as const;

/** One of them. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** An address that is told of changes. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/**
 * Adds a webhook.
 *
 * @returns It, and the secret that its messages are signed with, which is shown this one time.
 * @throws INVALID_PARAMETER_VALUE
 */
export async function addWebhook(
  store: Store,
  request: { readonly url: string; readonly events?: readonly string[] },
): Promise<Webhook & { readonly secret: string }> {
  const events = WEBHOOK_EVENTS.filter((event) => request.events?.includes(event) ?? true);
  const unknown = request.events?.filter((event) => !WEBHOOK_EVENTS.some((known) => known === event)) ?? [];
  if (unknown.length > 0 || events.length === 0) {
    throw invalid(
      `Invalid events for a webhook: ${unknown.join(', ')} (expected some of ${WEBHOOK_EVENTS.join(', ')})`,
    );
  }
  const url = URL.canParse(request.url) ? new URL(request.url) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.username !== '') {
    throw invalid(
      `Invalid address ${JSON.stringify(request.url)} for a webhook (expected https://host/path without a password)`,
    );
  }
  const webhook = { id: store.newId(), url: url.href, events, createdAt: store.now() };
  const secret = randomBytes(32).toString('base64url');
  const row = { id: webhook.id, url: webhook.url, events: events.join(), secret, created_at: webhook.createdAt };
  await store.db.write((queries) => queries.insertInto('scorecast_webhooks').values(row).execute());
  return { ...webhook, secret };
}

/** A webhook with what it is still to be told. */
export interface ListedWebhook extends Webhook {
  /** How many messages wait for it. */
  readonly waiting: number;
  /** Why the last attempt at one of them failed, or null. */
  readonly lastError: string | null;
}

/** All webhooks, oldest first, without their secrets. */
export async function listWebhooks(store: Store): Promise<readonly ListedWebhook[]> {
  const rows = await store.db.read((queries) =>
    queries
      .selectFrom('scorecast_webhooks as webhook')
      .leftJoin('scorecast_webhook_deliveries as delivery', 'delivery.webhook_id', 'webhook.id')
      .select(({ fn }) => [
        'webhook.id',
        'webhook.url',
        'webhook.events',
        'webhook.created_at',
        fn.count<number>('delivery.id').as('waiting'),
        fn.max('delivery.last_error').as('last_error'),
      ])
      .groupBy(['webhook.id', 'webhook.url', 'webhook.events', 'webhook.created_at'])
      .orderBy('webhook.created_at')
      .orderBy('webhook.id')
      .execute(),
  );
  return rows.map(({ id, url, events, created_at, waiting, last_error }) => ({
    id,
    url,
    events: eventsOf(events),
    createdAt: created_at,
    waiting,
    lastError: last_error,
  }));
}

/**
 * Sends a webhook a message with the event `test`, once and now.
 *
 * @returns Why it was not taken, or undefined.
 * @throws RESOURCE_DOES_NOT_EXIST
 */
export async function testWebhook(
  store: Store,
  id: string,
  { fetch = globalThis.fetch }: Pick<DeliveryOptions, 'fetch'> = {},
): Promise<string | undefined> {
  const webhook = await store.db.read((queries) =>
    queries.selectFrom('scorecast_webhooks').select(['url', 'secret']).where('id', '=', id).executeTakeFirst(),
  );
  if (webhook === undefined) throw unknownWebhook(id);
  const message = { id: store.newId(), event: 'test', at: store.now(), data: {} };
  return send({ ...webhook, payload: JSON.stringify(message) }, message.at, fetch);
}

/** Removes a webhook and what it was still to be told. @throws RESOURCE_DOES_NOT_EXIST */
export async function removeWebhook(store: Store, id: string): Promise<void> {
  await store.db.write(async (queries) => {
    await queries.deleteFrom('scorecast_webhook_deliveries').where('webhook_id', '=', id).execute();
    const { numDeletedRows } = await queries.deleteFrom('scorecast_webhooks').where('id', '=', id).executeTakeFirst();
    if (numDeletedRows === 0n) throw unknownWebhook(id);
  });
}

/** Puts an event in line for every webhook that wants it, inside of the write that it is about. */
export async function queueEvent(
  queries: Queries,
  at: number,
  { event, data }: { readonly event: WebhookEvent; readonly data: Readonly<Record<string, unknown>> },
): Promise<void> {
  const webhooks = await queries.selectFrom('scorecast_webhooks').select(['id', 'events']).execute();
  const wanted = webhooks.filter(({ events }) => eventsOf(events).includes(event));
  if (wanted.length === 0) return;
  const rows = wanted.map(({ id }) => {
    const delivery = randomBytes(16).toString('hex');
    const payload = JSON.stringify({ id: delivery, event, at, data });
    return { id: delivery, webhook_id: id, payload, attempts: 0, due_at: at, last_error: null };
  });
  await queries.insertInto('scorecast_webhook_deliveries').values(rows).execute();
}

/** How deliveries are made. */
export interface DeliveryOptions {
  /** Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** After how many attempts a delivery is given up. Default 12: about a day. */
  readonly attempts?: number;
}

const FIRST_PAUSE_MS = 10_000;
const ATTEMPT_MS = 10_000;
const AT_ONCE = 20;

/**
 * Delivers what is due. A delivery that fails comes again after a pause that doubles; it comes at least once, so receivers
 * tell repetitions by its `id`.
 *
 * Each carries `X-Scorecast-Signature: t=<seconds>,v1=<HMAC-SHA256 of "<seconds>.<body>" by the secret, hexadecimal>`.
 *
 * @returns How many were delivered.
 */
export async function deliverEvents(store: Store, options: DeliveryOptions = {}): Promise<number> {
  const due = await store.db.read((queries) =>
    queries
      .selectFrom('scorecast_webhook_deliveries as delivery')
      .innerJoin('scorecast_webhooks as webhook', 'webhook.id', 'delivery.webhook_id')
      .select(['delivery.id', 'delivery.payload', 'delivery.attempts', 'webhook.url', 'webhook.secret'])
      .where('delivery.due_at', '<=', store.now())
      .orderBy('delivery.due_at')
      .limit(AT_ONCE)
      .execute(),
  );
  const outcomes = await Promise.all(due.map((delivery) => deliver(store, delivery, options)));
  return outcomes.filter(Boolean).length;
}

interface DueDelivery {
  readonly id: string;
  readonly payload: string;
  readonly attempts: number;
  readonly url: string;
  readonly secret: string;
}

async function deliver(store: Store, delivery: DueDelivery, options: DeliveryOptions): Promise<boolean> {
  const failure = await send(delivery, store.now(), options.fetch ?? globalThis.fetch);
  await store.db.write(async (queries) => {
    const attempts = delivery.attempts + 1;
    if (failure === undefined || attempts >= (options.attempts ?? 12)) {
      await queries.deleteFrom('scorecast_webhook_deliveries').where('id', '=', delivery.id).execute();
      return;
    }
    const due = store.now() + FIRST_PAUSE_MS * 2 ** delivery.attempts;
    await queries
      .updateTable('scorecast_webhook_deliveries')
      .set({ attempts, due_at: due, last_error: failure.slice(0, 500) })
      .where('id', '=', delivery.id)
      .execute();
  });
  return failure === undefined;
}

/** @returns Why it failed, or undefined. */
async function send(
  { url, payload, secret }: Pick<DueDelivery, 'url' | 'payload' | 'secret'>,
  now: number,
  fetch: typeof globalThis.fetch,
): Promise<string | undefined> {
  const seconds = Math.floor(now / 1000);
  const signature = createHmac('sha256', secret).update(`${seconds}.${payload}`).digest('hex');
  try {
    const response = await fetch(url, {
      method: 'POST',
      body: payload,
      headers: { 'content-type': 'application/json', 'x-scorecast-signature': `t=${seconds},v1=${signature}` },
      // A redirect could lead the message, and its signature, somewhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(ATTEMPT_MS),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `status ${response.status}`;
  } catch (error) {
    // What fetch throws says only that it failed; its cause says why.
    const root = error instanceof TypeError && error.cause instanceof Error ? error.cause : error;
    return root instanceof Error ? root.message : String(root);
  }
}

function unknownWebhook(id: string): Error {
  return trackError('RESOURCE_DOES_NOT_EXIST', { message: `No webhook with id ${id}` });
}

function eventsOf(column: string): readonly WebhookEvent[] {
  const names = column.split(',');
  return WEBHOOK_EVENTS.filter((event) => names.includes(event));
}
