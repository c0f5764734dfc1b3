import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What goes wrong with one request. */
export type Fault =
  /** The connection breaks before an answer. */
  | { readonly kind: 'drop' }
  /** The request does its work, but the answer is lost. */
  | { readonly kind: 'lose-answer' }
  /** The answer breaks off after so many bytes. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** A gate before a storage: it checks requests, counts them and makes faults. */
export interface S3Gate {
  readonly endpoint: string;
  /** `METHOD /path?query` of every request so far. */
  readonly seen: readonly string[];
  /** Says what goes wrong with the requests to come: called once for each. */
  setFaults(fault: (request: string) => Fault | undefined): void;
  close(): Promise<void>;
}

/** Puts a gate before the storage at `port`. `refuse` names S3's code for a request that is not let through. */
export async function openGate(
  port: number,
  refuse: (request: IncomingMessage, body: Buffer) => string | undefined,
): Promise<S3Gate> {
  const seen: string[] = [];
  let faultOf: (request: string) => Fault | undefined = () => undefined;
  const server = createServer((incoming, answer) => {
    const name = `${incoming.method ?? ''} ${decodeURIComponent(incoming.url ?? '')}`;
    seen.push(name);
    const fault = faultOf(name);
    buffer(incoming).then(
      (body) => {
        const code = refuse(incoming, body);
        if (code !== undefined) answer.writeHead(403).end(`<Error><Code>${code}</Code></Error>`);
        else if (fault?.kind === 'drop') incoming.socket.destroy();
        else if (fault?.kind === 'status') answer.writeHead(fault.status, fault.headers).end();
        else pass(port, incoming, body, answer, fault);
      },
      () => incoming.socket.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port: own }: Pick<AddressInfo, 'port'> = Object.assign({ port: 0 }, server.address());
  return {
    endpoint: `http://127.0.0.1:${own}`,
    seen,
    setFaults: (fault) => void (faultOf = fault),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function pass(
  port: number,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  answer: ServerResponse,
  fault: Fault | undefined,
): void {
  const onward = forward({ host: '127.0.0.1', port, method, path: url, headers }, (reply) => {
    if (fault?.kind === 'lose-answer') {
      reply.resume().once('end', () => answer.socket?.destroy());
      return;
    }
    answer.writeHead(reply.statusCode ?? 500, reply.headers);
    if (fault?.kind !== 'cut') {
      reply.pipe(answer);
      return;
    }
    let passed = 0;
    reply.on('data', (chunk: Buffer) => {
      const rest = chunk.subarray(0, fault.afterBytes - passed);
      passed += rest.length;
      answer.write(rest, () => {
        if (passed === fault.afterBytes) answer.socket?.destroy();
      });
    });
  });
  onward.on('error', () => answer.destroy());
  onward.end(body);
}
