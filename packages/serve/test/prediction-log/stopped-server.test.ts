import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encodeBundle } from '@scorecast/core';
import { afterEach, describe, expect, it } from 'vitest';
import { JsonLinesFolder } from '../../src/prediction-log/json-lines/json-lines-folder.js';
import { readPredictionLine } from '../../src/prediction-log/log-lines.js';
import { examsBundle, student } from '../exams-bundle.js';
import { newFolder } from './rows.js';

const program = fileURLToPath(new URL('./serving.mjs', import.meta.url));
const started: ChildProcess[] = [];
afterEach(async () => {
  for (const child of started.splice(0)) await stop(child, 'SIGKILL');
});

async function serve(folder: string) {
  const bundle = join(await newFolder(), 'bundle.json');
  await writeFile(bundle, await encodeBundle(await examsBundle()));
  const child = spawn(process.execPath, [program, bundle, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const [url] = await once(child.stdout, 'data');
  return { child, url: String(url).trim() };
}

async function stop(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const closed = once(child, 'close');
  child.kill(signal);
  await closed;
}

/** Sends lists as fast as four callers can, until the server is gone; gives the ids of every answer that arrived. */
async function send(url: string, answered: string[]): Promise<void> {
  const body = JSON.stringify(Array.from({ length: 20 }, () => student));
  const caller = async () => {
    for (;;) {
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(`${url}/predict`, { method: 'POST', headers, body }).catch(() => undefined);
      const answer: { predictions: { id: string }[] } | undefined = await response?.json().catch(() => undefined);
      if (answer === undefined) return;
      answered.push(...answer.predictions.map(({ id }) => id));
    }
  };
  await Promise.all(Array.from({ length: 4 }, caller));
}

async function linesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).flatMap((text) =>
    text.split('\n'),
  );
}

describe('two servers that share a folder', () => {
  it('have recorded every prediction that they gave, once, when SIGTERM has stopped them under load', async () => {
    const folder = await newFolder();
    const servers = await Promise.all([serve(folder), serve(folder)]);
    const answered: string[] = [];
    const sending = Promise.all(servers.map(({ url }) => send(url, answered)));
    await expect.poll(() => answered.length).toBeGreaterThan(2000);
    await Promise.all(servers.map(({ child }) => stop(child, 'SIGTERM')));
    await sending;
    const recorded = (await linesIn(folder)).flatMap((line) => readPredictionLine(line)?.id ?? []);
    expect(new Set(recorded).size).toBe(recorded.length);
    const missing = new Set(answered);
    for (const id of recorded) missing.delete(id);
    expect(missing.size).toBe(0);
    expect(await readdir(folder)).toHaveLength(2);
  });
});

describe('a server that is killed under load', () => {
  it('leaves whole lines and at most one torn one, which nobody takes for a record', async () => {
    const folder = await newFolder();
    const { child, url } = await serve(folder);
    const answered: string[] = [];
    const sending = send(url, answered);
    await expect.poll(async () => (await readdir(folder)).length).toBe(1);
    await expect.poll(async () => (await linesIn(folder)).length).toBeGreaterThan(1000);
    await stop(child, 'SIGKILL');
    await sending;
    const lines = await linesIn(folder);
    const torn = lines.slice(0, -1).filter((line) => readPredictionLine(line) === undefined);
    expect(torn).toEqual([]);
    expect(readPredictionLine(lines.at(-1) ?? '')).toBeUndefined();
    const recorded = new Set(lines.flatMap((line) => readPredictionLine(line)?.id ?? []));
    const sink = new JsonLinesFolder(folder, { keepDays: Infinity, keepBytes: Infinity, now: Date.now });
    const known = await sink.knownIds(answered);
    expect(known).toEqual(new Set(answered.filter((id) => recorded.has(id))));
    // What was written before the last moment is there.
    expect(known.size).toBeGreaterThan(1000 - 200);
  });
});
