import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { cli } from './cli-run.js';
import { examsProject } from './exams-project.js';

interface Damage {
  /** What the file holds instead, made from the good text; a Buffer is written under the name `file`. */
  readonly make: (good: string) => Buffer | string;
  readonly file?: string;
  readonly expected: RegExp;
}

const header = (text: string) => text.slice(0, text.indexOf('\n') + 1);
const body = (text: string) => text.slice(text.indexOf('\n') + 1);

const damages: Readonly<Record<string, Damage>> = {
  'a truncated gzip file': {
    file: 'damaged.csv.gz',
    make: (good) => gzipSync(good).subarray(0, -100),
    expected: /gzip|compressed|incomplete|truncated/i,
  },
  'a file cut in the middle of a row': { make: (good) => good.slice(0, -25), expected: /row 200/ },
  'ragged rows': { make: (good) => `${good}female,group A\n`, expected: /row 201/ },
  'a wrong encoding': { make: (good) => Buffer.from(`\uFEFF${good}`, 'utf16le'), expected: /UTF-16/ },
  'bytes that are not UTF-8': {
    make: (good) => Buffer.concat([Buffer.from(good), Buffer.from([0xe9, 0x2c, 0xff, 0x0a])]),
    expected: /UTF-8/,
  },
  'NUL bytes': { make: (good) => good.replace('standard', 'stan\0dard'), expected: /NUL/ },
  'a line of 100 MB': { make: (good) => good + 'x'.repeat(100_000_000), expected: /long|bytes|MB/ },
  'an empty file': { make: () => '', expected: /empty/ },
  'a header and no rows': { make: header, expected: /no (data )?rows|rows? (below|after|under)/ },
  'duplicate columns': {
    make: (good) => header(good).replace('writing_score', 'reading_score') + body(good),
    expected: /column "reading_score"/,
  },
  'a column of one value': {
    make: (good) => header(good) + body(good).replaceAll(/,(?:standard|free\/reduced),/g, ',standard,'),
    expected: /column "lunch" has no other value than "standard"/,
  },
  'a target of one value': {
    make: (good) => header(good) + body(good).replaceAll(/,\d+$/gm, ',50'),
    expected: /target "math_score" is 50 in every row/,
  },
  'a missing target': {
    make: (good) => good.replaceAll(/,[^,\n]*$/gm, ''),
    expected: /math_score/,
  },
};

describe('damaged input ends in a clear error and leaves the previous bundle as it was:', () => {
  it.each(Object.entries(damages))('%s', async (_name, { make, file = 'damaged.csv', expected }) => {
    const folder = await examsProject();
    const good = await readFile(path.join(folder, 'exams.csv'), 'utf8');
    expect((await cli(folder, 'train')).code).toBe(0);
    const bundle = path.join(folder, 'scorecast-out/bundle.json');
    const before = await readFile(bundle, 'utf8');
    await writeFile(path.join(folder, file), make(good));
    const { code, stdout, stderr } = await cli(folder, 'train', file);
    expect(code, stderr).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^error: /m);
    expect(stderr).toContain(file);
    expect(stderr).toMatch(expected);
    expect(stderr).not.toContain('fault of Scorecast');
    expect(await readFile(bundle, 'utf8')).toBe(before);
  });
});
