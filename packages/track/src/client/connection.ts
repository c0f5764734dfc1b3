import { trackError, trackErrors } from '../track-error.js';
import { errorCodeOf } from './read-answer.js';

/** Where a tracking server is, and how to speak to it. */
export interface ConnectionOptions {
  /** The server's address, such as `http://127.0.0.1:5000`; a path in it is kept. */
  readonly url: string;
  /** Sent as `Authorization: Bearer`: an API key of Scorecast, or a token of Databricks. */
  readonly token?: string | undefined;
  /** Sent as HTTP basic authentication where there is no token. */
  readonly user?: { readonly name: string; readonly password: string } | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long one attempt may take, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number;
  /** How often a request is sent again after 408, 429, 5xx or a broken connection, with growing pauses. Default 5. */
  readonly retries?: number;
  /** Ends every request early. */
  readonly signal?: AbortSignal;
  /** What sends requests. Default: the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
}

/** One request. */
export interface ClientRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** From the server's address, without a slash at its beginning. */
  readonly path: string;
  /** Undefined values are left out; a list is repeated. */
  readonly query?: Readonly<Record<string, string | number | readonly string[] | undefined>>;
  readonly json?: unknown;
  readonly content?: Uint8Array<ArrayBuffer> | string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Makes something new each time: sent again only where the server said that it did nothing (429, 503). Default false. */
  readonly once?: boolean;
}

/** Sends requests to one server. */
export interface Connection {
  /** The answer's JSON. */
  json(request: ClientRequest): Promise<unknown>;
  /** Waits for the answer, which says no more than that all went well. */
  tell(request: ClientRequest): Promise<void>;
  /** The answer itself, for what is no JSON. Its status is below 400. */
  send(request: ClientRequest): Promise<Response>;
}

const AGAIN: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);
const NOTHING_DONE: ReadonlySet<number> = new Set([429, 503]);
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 10_000;

/** Opens no socket; every request is one `fetch`. */
export function connectTo(options: ConnectionOptions): Connection {
  const send = async (request: ClientRequest): Promise<Response> => {
    const { retries = 5 } = options;
    const isOnce = request.once === true;
    const again = isOnce ? NOTHING_DONE : AGAIN;
    for (let attempt = 0; ; attempt++) {
      const isLast = attempt >= retries;
      const response = await attemptOnce(options, request).catch((cause: unknown) => {
        options.signal?.throwIfAborted();
        if (isLast || isOnce) throw unreachable(options.url, cause);
        return undefined;
      });
      if (response !== undefined && (isLast || !again.has(response.status))) {
        if (response.status < 400) return response;
        throw await refusal(request, response);
      }
      await response?.body?.cancel();
      await pause(attempt, response?.headers.get('retry-after') ?? null, options.signal);
    }
  };
  return {
    send,
    json: async (request): Promise<unknown> => (await send(request)).json(),
    tell: async (request) => {
      await (await send(request)).arrayBuffer();
    },
  };
}

function attemptOnce(options: ConnectionOptions, request: ClientRequest): Promise<Response> {
  const { timeoutMs = 30_000, signal, fetch = globalThis.fetch } = options;
  const limit = AbortSignal.timeout(timeoutMs);
  const body = request.json === undefined ? request.content : JSON.stringify(request.json);
  return fetch(address(options.url, request), {
    method: request.method,
    headers: {
      ...options.headers,
      ...authorization(options),
      ...(request.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    signal: signal === undefined ? limit : AbortSignal.any([limit, signal]),
    ...(body === undefined ? {} : { body }),
  });
}

function address(url: string, { path, query = {} }: ClientRequest): string {
  const words = Object.entries(query).flatMap(([name, value]): [string, string][] => {
    const values = value === undefined ? [] : typeof value === 'object' ? value : [String(value)];
    return values.map((text) => [name, text]);
  });
  const base = url.replace(/\/+$/, '');
  return `${base}/${path}${words.length === 0 ? '' : `?${new URLSearchParams(words).toString()}`}`;
}

function authorization({ token, user }: ConnectionOptions): Readonly<Record<string, string>> {
  if (token !== undefined) return { authorization: `Bearer ${token}` };
  if (user === undefined) return {};
  const bytes = new TextEncoder().encode(`${user.name}:${user.password}`);
  return { authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}

/** The server's own error, by its code; an unknown code is told as what its status means. */
async function refusal(request: ClientRequest, response: Response): Promise<Error> {
  const text = await response.text();
  const { code, message } = errorCodeOf(text);
  const where = `${request.method} ${request.path}: ${response.status}`;
  const known = toldCodes.find((name) => name === code) ?? byStatus(response.status);
  // A page in HTML says nothing that its status does not.
  const words = text.trimStart().startsWith('<') ? '' : text.slice(0, 500);
  return trackError(known, { message: message ?? `${where} ${words}`.trim() });
}

const toldCodes = [
  'INVALID_PARAMETER_VALUE',
  'BAD_REQUEST',
  'RESOURCE_ALREADY_EXISTS',
  'UNAUTHENTICATED',
  'PERMISSION_DENIED',
  'RESOURCE_DOES_NOT_EXIST',
  'NOT_FOUND',
  'ENDPOINT_NOT_FOUND',
  'ALREADY_EXISTS',
  'RESOURCE_CONFLICT',
  'ABORTED',
  'REQUEST_LIMIT_EXCEEDED',
  'INTERNAL_ERROR',
  'INVALID_STATE',
  'NOT_IMPLEMENTED',
  'TEMPORARILY_UNAVAILABLE',
  'REGISTRY_GATE_CLOSED',
] as const satisfies readonly (keyof typeof trackErrors)[];

function byStatus(status: number): (typeof toldCodes)[number] {
  // What is missing is told by a code; a 404 without one means that nothing answers there, as on MLflow's servers.
  if (status === 404) return 'ENDPOINT_NOT_FOUND';
  const found = toldCodes.find((code) => trackErrors[code].status === status);
  return found ?? (status < 500 ? 'BAD_REQUEST' : 'INTERNAL_ERROR');
}

function unreachable(url: string, cause: unknown): Error {
  // What fetch throws says only that it failed; its cause says why.
  const root = cause instanceof TypeError && cause.cause instanceof Error ? cause.cause : cause;
  const reason = root instanceof Error ? root.message : String(root);
  return trackError(
    'TEMPORARILY_UNAVAILABLE',
    { message: `the tracking server ${withoutSecret(url)} does not answer: ${reason} (is it running and reachable?)` },
    { cause },
  );
}

function withoutSecret(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//');
}

function pause(attempt: number, retryAfter: string | null, signal: AbortSignal | undefined): Promise<void> {
  const asked = retryAfter === null ? Number.NaN : Number(retryAfter) * 1000;
  const grown = FIRST_PAUSE_MS * 2 ** attempt;
  const delayMs = Math.min(LONGEST_PAUSE_MS, Number.isFinite(asked) && asked >= 0 ? asked : grown);
  return new Promise((resolve, reject) => {
    const end = () => {
      signal?.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(end, delayMs);
    const stop = () => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('cancelled'));
    };
    signal?.addEventListener('abort', stop, { once: true });
  });
}
