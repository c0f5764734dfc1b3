import { mkdir } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import path from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { openTracking, type TrackingClient } from '@scorecast/track';
import { startCli, type LiveCli } from './cli-run.js';

/** A client of the database that trainings in a folder write; it is closed with the test. */
export async function trackedIn(folder: string): Promise<TrackingClient> {
  await mkdir(path.join(folder, 'scorecast-out'), { recursive: true });
  const tracking = await openTracking({
    uri: path.join(folder, 'scorecast-out/tracking.db'),
    artifactRoot: path.join(folder, 'scorecast-out/artifacts'),
    user: 'test',
    env: {},
  });
  onTestFinished(() => tracking.close());
  return tracking.client;
}

/** Everything that a search gives. */
export async function listed<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Keys and values as an object. */
export function valuesOf<Value>(
  pairs: readonly { readonly key: string; readonly value: Value }[],
): Readonly<Record<string, Value>> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}

/** A web server on a free port, which closes with the test. */
export async function webServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
}

/** `scorecast track` in a folder, on a free port; it stops with the test. */
export async function trackIn(folder: string, ...args: readonly string[]): Promise<{ url: string; live: LiveCli }> {
  const live = startCli(folder, ['track', '--port', '0', ...args]);
  onTestFinished(async () => {
    live.signal('SIGTERM');
    await live.ended;
  });
  await expect.poll(live.stderr).toContain('stop     Ctrl-C');
  const [url] = /http:\/\/[\w.:]+/.exec(live.stderr()) ?? [''];
  return { url, live };
}
