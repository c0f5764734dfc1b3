import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/index.js';
import { freePort } from '../database/real-postgres.js';
import { expectWhole, startWriters } from './writers.js';

const program = fileURLToPath(new URL('./serving.mjs', import.meta.url));
let folder = '';
const started: ChildProcess[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'scorecast-failures-'));
});
afterEach(async () => {
  for (const child of started.splice(0)) await kill(child);
  await rm(folder, { recursive: true, force: true });
});

async function serve(port: number): Promise<ChildProcess> {
  const place = [join(folder, 'runs.db'), join(folder, 'artifacts'), String(port)];
  const child = spawn(process.execPath, [program, ...place], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  await once(child.stdout, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill('SIGKILL');
  await closed;
}

describe('a server that is killed under eight writers', () => {
  it('has kept all that it acknowledged, and nothing by half, and goes on when it is started again', async () => {
    const port = await freePort();
    let server = await serve(port);
    const writers = await startWriters(`http://127.0.0.1:${port}`);
    for (const batches of [40, 80]) {
      await writers.more(batches);
      await kill(server);
      const store = await openStore({ databaseUrl: join(folder, 'runs.db'), artifactRoot: 'mlflow-artifacts:/' });
      await expectWhole(store, writers.acknowledged);
      await store.close();
      server = await serve(port);
    }
    await writers.more(40);
    await writers.stop();
    await kill(server);
    const store = await openStore({ databaseUrl: join(folder, 'runs.db'), artifactRoot: 'mlflow-artifacts:/' });
    await expectWhole(store, writers.acknowledged);
    await store.close();
    expect(writers.refusals).toEqual([]);
  });
});
