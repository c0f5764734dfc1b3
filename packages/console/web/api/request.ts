import { ApiError } from './api-error.js';
import { askForKey, sessionKey } from './session-key.js';

/** Fields of a query; lists are repeated, undefined is left out. */
export type Query = Readonly<Record<string, string | number | readonly string[] | undefined>>;

/** Reads from the API; `path` follows `/ajax-api/2.0/`. */
export async function get(path: string, query: Query = {}, signal?: AbortSignal): Promise<unknown> {
  return json(await send(`${addressOf(path)}${queryText(query)}`, withSignal({}, signal)));
}

/** Asks the API to do or search something. */
export async function post(path: string, body: object, signal?: AbortSignal): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  return json(await send(addressOf(path), withSignal({ method: 'POST', headers, body: JSON.stringify(body) }, signal)));
}

/** Fetches anything of this server with the key of this tab, and asks for a key where the server wants one. */
export async function send(address: string, init: RequestInit = {}): Promise<Response> {
  for (;;) {
    const key = sessionKey.value;
    const headers = new Headers(init.headers);
    if (key !== '') headers.set('authorization', `Bearer ${key}`);
    const response = await reach(address, { ...init, headers });
    if (response.ok) return response;
    const error = new ApiError(response.status, await json(response).catch(() => undefined));
    if (response.status !== 401) throw error;
    // Another request may have got a key while this one was under way.
    if (sessionKey.value === key && !(await askForKey(error.message))) throw error;
  }
}

/** A query with its question mark; the empty text where it has no fields. */
export function queryText(query: Query): string {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined) continue;
    for (const one of typeof value === 'object' ? value : [String(value)]) fields.append(name, one);
  }
  return fields.size === 0 ? '' : `?${fields.toString()}`;
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, init);
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause;
    throw new Error('The tracking server does not answer. Is it still running?', { cause });
  }
}

async function json(response: Response): Promise<unknown> {
  const value: unknown = await response.json();
  return value;
}

function addressOf(path: string): string {
  return `/ajax-api/2.0/${path}`;
}

function withSignal(init: RequestInit, signal: AbortSignal | undefined): RequestInit {
  return signal === undefined ? init : { ...init, signal };
}
