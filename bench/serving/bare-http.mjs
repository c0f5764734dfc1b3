// The least that a JSON service in Node can do: read a body, parse it, write it back. bare-http.mjs PORT

import { createServer } from 'node:http';

createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = chunks.length === 0 ? { status: 'ok' } : JSON.parse(Buffer.concat(chunks).toString());
    const text = JSON.stringify(body);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    response.end(text);
  });
}).listen(Number(process.argv[2]), '127.0.0.1');
