import { execFileSync } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createServer } from '../../src/index.js';
import { readPredictionLine } from '../../src/prediction-log/log-lines.js';
import { examsBundle, student } from '../exams-bundle.js';
import { newFolder } from './rows.js';

const reason = whyNoSmallDisk();
let disk = '';
beforeEach(async () => {
  disk = await newFolder();
  if (reason === '') execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk]);
});
afterEach(() => {
  if (reason === '') execFileSync('umount', ['--lazy', disk]);
});

describe.skipIf(reason !== '')(`a disk that runs full under a log of predictions${reason}`, () => {
  it('fails no prediction, holds whole lines alone, and takes all that waited when there is space again', async () => {
    const folder = join(disk, 'log');
    const app = await createServer(await examsBundle(), { logLevel: 'silent', logPredictions: folder });
    const ids: string[] = [];
    const predict = async () => {
      const payload = Array.from({ length: 100 }, () => student);
      const response = await app.inject({ method: 'POST', url: '/predict', payload });
      expect(response.statusCode).toBe(200);
      ids.push(...response.json().predictions.map(({ id }: { id: string }) => id));
    };
    const metric = async (name: string) => {
      const { body } = await app.inject('/metrics');
      return Number(new RegExp(`^scorecast_prediction_log_${name} (\\d+)$`, 'm').exec(body)?.[1]);
    };
    await predict();
    await expect.poll(() => metric('written_total')).toBe(100);
    await fill(join(disk, 'filler'));
    for (let i = 0; i < 5; i++) await predict();
    await expect.poll(() => metric('errors_total')).toBeGreaterThan(1);
    const full = await lines(folder);
    expect(full.filter((line) => readPredictionLine(line) === undefined)).toEqual([]);
    const outcome = await app.inject({ method: 'POST', url: '/outcomes', payload: { id: ids[0], outcome: 1 } });
    expect([outcome.statusCode, outcome.json().code]).toEqual([503, 'SERVE_LOG_BROKEN']);

    await rm(join(disk, 'filler'));
    await expect.poll(() => metric('waiting')).toBe(0);
    await app.close();
    const recorded = (await lines(folder)).map((line) => readPredictionLine(line)?.id);
    expect(recorded.sort()).toEqual(ids.sort());
  });
});

async function lines(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('predictions'));
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.flatMap((text) => text.split('\n').slice(0, -1));
}

/** Writes until the disk takes no more. */
async function fill(path: string): Promise<void> {
  for (let size = 64 * 1024; size >= 1;) {
    await writeFile(path, Buffer.alloc(size), { flag: 'a' }).catch(() => (size = Math.floor(size / 2)));
  }
}

function whyNoSmallDisk(): string {
  if (process.platform !== 'linux' || userInfo().uid !== 0) return ' (only root on Linux can mount a small disk)';
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return '';
  } catch {
    return ' (a small disk cannot be mounted here)';
  }
}
