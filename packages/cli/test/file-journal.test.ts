import { appendFile, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import type { TrialRecord } from '@scorecast/train';
import { fileJournal } from '../src/training/file-journal.js';
import { temporaryFolder } from './cli-run.js';

const record = (key: string): TrialRecord => ({ key, share: 1, outcome: { kind: 'failed', reason: 'a test' } });

/** A journal of two records of one search. */
async function twoRecords(): Promise<string> {
  const file = path.join(await temporaryFolder(), 'journal.jsonl');
  const journal = fileJournal(file, false, () => undefined);
  await journal.read('a search');
  await journal.append(record('first'));
  await journal.append(record('second'));
  return file;
}

async function found(file: string, fingerprint: string, resume = true): Promise<readonly unknown[]> {
  return fileJournal(file, resume, () => undefined).read(fingerprint);
}

it('a journal gives its records back, as often as it is asked', async () => {
  const file = await twoRecords();
  const both = [record('first'), record('second')];
  expect([await found(file, 'a search'), await found(file, 'a search')]).toEqual([both, both]);
});

it('a journal whose last line was torn gives the others back and takes new ones', async () => {
  const file = await twoRecords();
  await appendFile(file, '{"key":"thi');
  const journal = fileJournal(file, true, () => undefined);
  expect(await journal.read('a search')).toEqual([record('first'), record('second')]);
  await journal.append(record('third'));
  expect(await found(file, 'a search')).toEqual([record('first'), record('second'), record('third')]);
});

it('a journal of another search, or one that is not to be gone on from, begins anew', async () => {
  expect(await found(await twoRecords(), 'another search')).toEqual([]);
  const file = await twoRecords();
  expect(await found(file, 'a search', false)).toEqual([]);
  expect(await readFile(file, 'utf8')).toBe('{"fingerprint":"a search"}\n');
});
