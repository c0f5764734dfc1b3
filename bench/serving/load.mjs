// Loads one address from a process of its own: load.mjs URL CONNECTIONS SECONDS BODY prints what came of it as JSON.
//
// Each connection sends its next request when the last is answered, over a bare socket, since a client library takes more
// processor time than the servers that it would measure. Answers must have a Content-Length or be chunked in one write.

import { connect } from 'node:net';

const [, , address, connections, seconds, body] = process.argv;
const { hostname, port, pathname } = new URL(address);
const request = Buffer.from(
  `POST ${pathname} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n` +
    `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
);
const stopAt = performance.now() + Number(seconds) * 1000;
const latencies = [];
let failed = 0;

await Promise.all(Array.from({ length: Number(connections) }, keepAsking));
latencies.sort((a, b) => a - b);
const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))];
const result = {
  requests: latencies.length,
  failed,
  perSecond: latencies.length / Number(seconds),
  p50: at(0.5),
  p99: at(0.99),
};
process.stdout.write(`${JSON.stringify(result)}\n`);

/** One connection, until the time is over. */
function keepAsking() {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    let sentAt = 0;
    let received = '';
    const ask = () => {
      received = '';
      sentAt = performance.now();
      socket.write(request);
    };
    socket.setEncoding('latin1');
    socket.on('connect', ask);
    socket.on('error', reject);
    socket.on('close', () => reject(new Error(`${address} closed the connection`)));
    socket.on('data', (chunk) => {
      received += chunk;
      if (!isWhole(received)) return;
      const now = performance.now();
      if (!received.startsWith('HTTP/1.1 200')) failed++;
      latencies.push(now - sentAt);
      if (now < stopAt) return ask();
      socket.removeAllListeners('close');
      socket.destroy();
      resolve();
    });
  });
}

/** Whether an answer has come to its end. */
function isWhole(text) {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return false;
  const length = /\r\ncontent-length: (\d+)/i.exec(text.slice(0, headEnd))?.[1];
  return length === undefined ? text.endsWith('\r\n0\r\n\r\n') : text.length >= headEnd + 4 + Number(length);
}
