import { trackingClient, type ConnectionOptions, type TrackingClient } from '../../src/client/tracking-client.js';

/** One request that the client sent. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | null;
  /** Undefined where nothing was sent. */
  readonly json: ReturnType<typeof JSON.parse>;
}

/** What is answered: JSON with status 200, a status with JSON, or a connection that breaks. */
export type Answer = object | { status: number; json: object; headers?: Record<string, string> } | 'broken';

/** A client whose requests are answered from a list, and what it sent. */
export function fakeServer(
  answers: readonly Answer[],
  options: Partial<ConnectionOptions> = {},
): { tracking: TrackingClient; seen: Seen[] } {
  const seen: Seen[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const body = await request.text();
    seen.push({
      method: request.method,
      path: request.url.replace('http://server', ''),
      authorization: request.headers.get('authorization'),
      json: body === '' ? undefined : JSON.parse(body),
    });
    const answer = answers[seen.length - 1] ?? {};
    if (answer === 'broken') throw new TypeError('fetch failed');
    if ('status' in answer) {
      return new Response(JSON.stringify(answer.json), { status: answer.status, headers: answer.headers ?? {} });
    }
    return Response.json(answer);
  };
  return { tracking: trackingClient({ url: 'http://server/', fetch, ...options }), seen };
}
