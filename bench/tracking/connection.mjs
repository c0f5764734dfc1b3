// HTTP over plain sockets, for the client of the bench: Node's own client takes a quarter of a millisecond for a request,
// which is more than either server's answer to a small one should be measured with.

import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** A function that sends one request with a JSON body and gives the status and text of its answer; connections are kept. */
export function openConnections(url) {
  const { hostname, port, host } = new URL(url);
  const idle = [];
  const open = () => {
    const socket = connect({ host: hostname, port: Number(port), noDelay: true });
    const connection = { socket, received: [], done: undefined };
    const fail = (error) => connection.done?.reject(error);
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('the server closed the connection')));
    socket.on('data', (chunk) => {
      connection.received.push(chunk);
      const answer = parseAnswer(connection.received);
      if (answer === undefined) return;
      connection.received = [];
      const { resolve } = connection.done;
      connection.done = undefined;
      idle.push(connection);
      resolve(answer);
    });
    return connection;
  };
  const ask = (method, path, body = '') =>
    new Promise((resolve, reject) => {
      const connection = idle.pop() ?? open();
      connection.done = { resolve, reject };
      const length = Buffer.byteLength(body);
      connection.socket.write(
        `${method} ${path} HTTP/1.1\r\nhost: ${host}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n${body}`,
      );
    });
  return { ask, close: () => idle.forEach(({ socket }) => socket.destroy()) };
}

/** `{ status, text }` when all of an answer is there: its length is told, or it comes in chunks. */
function parseAnswer(received) {
  if (received.length > 1 && !received[0].includes(HEAD_END)) {
    received.splice(0, 2, Buffer.concat(received.slice(0, 2)));
  }
  const [first] = received;
  const headEnd = first.indexOf(HEAD_END);
  if (headEnd === -1) return undefined;
  const head = first.toString('latin1', 0, headEnd).toLowerCase();
  const status = Number(head.slice(9, 12));
  const bodyStart = headEnd + HEAD_END.length;
  const [, length] = /\r\ncontent-length: *(\d+)/u.exec(head) ?? [];
  if (length === undefined) {
    const text = unchunked(Buffer.concat(received).subarray(bodyStart));
    return text === undefined ? undefined : { status, text };
  }
  const size = received.reduce((sum, chunk) => sum + chunk.length, 0);
  if (size < bodyStart + Number(length)) return undefined;
  return { status, text: Buffer.concat(received).toString('utf8', bodyStart) };
}

/** The text of a chunked body, when its last chunk is there. */
function unchunked(body) {
  const chunks = [];
  for (let at = 0; ;) {
    const lineEnd = body.indexOf('\r\n', at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(body.toString('latin1', at, lineEnd), 16);
    const start = lineEnd + 2;
    if (body.length < start + size + 2) return undefined;
    if (size === 0) return Buffer.concat(chunks).toString('utf8');
    chunks.push(body.subarray(start, start + size));
    at = start + size + 2;
  }
}
