// What no server on this machine can be faster than: the requests of log-metric against one of node:http that only reads them,
// and against one that also keeps seven pages on the disk, which is what a measurement changes in SQLite's log.
// `node bench/tracking/floor.mjs`

import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/prepare.mjs';
import { runProcess } from '../measure/process.mjs';

const PAGES = Buffer.alloc(7 * 4096, 1);
const LOG_PAGES = 4096 * 4096;
const ANSWER = JSON.stringify({ run: { info: { run_id: '0' } } });

const folder = mkdtempSync(join(tmpdir(), 'scorecast-floor-'));
const file = openSync(join(folder, 'log'), 'w');
for (let at = 0; at < LOG_PAGES; at += PAGES.length) writeSync(file, PAGES, 0, PAGES.length, at);
fdatasyncSync(file);
try {
  await measure('reads only', () => undefined);
  let at = 0;
  await measure('keeps seven pages', () => {
    writeSync(file, PAGES, 0, PAGES.length, at);
    fdatasyncSync(file);
    at = (at + PAGES.length) % (LOG_PAGES - PAGES.length);
  });
} finally {
  closeSync(file);
  rmSync(folder, { recursive: true, force: true });
}

async function measure(name, keep) {
  const server = createServer((request, response) => {
    const chunks = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      JSON.parse(Buffer.concat(chunks).toString('utf8'));
      keep();
      response.setHeader('content-type', 'application/json').end(ANSWER);
    });
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = join(root, 'bench/tracking/client.mjs');
  const url = `http://127.0.0.1:${server.address().port}`;
  const { stdout } = await runProcess(process.execPath, [client, url, 'log-metric, 1 client', '2000']);
  const { perSecond, p50, p99 } = JSON.parse(stdout);
  process.stdout.write(
    `${name.padEnd(20)} ${perSecond.toFixed(0).padStart(6)} requests/s, p50 ${p50.toFixed(3)} ms, p99 ${p99.toFixed(2)} ms\n`,
  );
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}
