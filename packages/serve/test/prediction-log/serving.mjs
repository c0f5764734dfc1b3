// A server as a process of its own: serving.mjs BUNDLE FOLDER. Says where it listens; SIGTERM stops it.
import { readFile } from 'node:fs/promises';
import { loadBundle } from '@scorecast/core';
import { startServer } from '../../dist/index.js';

const [bundle, folder] = process.argv.slice(2);
const server = await startServer(await loadBundle(await readFile(bundle, 'utf8')), {
  port: 0,
  logLevel: 'silent',
  logPredictions: folder,
});
process.once('SIGTERM', () => void server.close());
process.stdout.write(`${server.url}\n`);
