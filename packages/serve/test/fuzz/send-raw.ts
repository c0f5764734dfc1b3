import { request as httpRequest } from 'node:http';
import type { FuzzRequest } from './api-requests.js';
import type { Answer } from './check-answer.js';

/** Sends a request over a new connection. */
export async function sendRaw(origin: string, sent: FuzzRequest): Promise<Answer> {
  const { hostname, port } = new URL(origin);
  // Where it is not said, Node sends the body of a HEAD without saying where it ends.
  const length = sent.payload === undefined ? {} : { 'content-length': Buffer.byteLength(sent.payload) };
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        hostname,
        port,
        method: sent.method,
        path: encodeURI(sent.url).replaceAll('%25', '%'),
        headers: { ...sent.headers, ...length },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          const { statusCode: status = 0, headers } = response;
          resolve({ status, type: headers['content-type'], body: Buffer.concat(chunks).toString() });
        });
        response.on('error', reject);
      },
    );
    request.on('error', reject);
    request.end(sent.payload);
  });
}
