import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Fold } from '../../src/index.js';

/** Rows in a golden file: listed where they are few, and always as the hash of their bytes. */
interface GoldenRows {
  rows?: number[];
  sha256: string;
}

/** A fold in a golden file. */
export interface GoldenFold {
  train: GoldenRows;
  test: GoldenRows;
}

/** The text of a file of the folder fixtures/golden. */
export function goldenText(name: string): string {
  return readFileSync(new URL(`../../../../fixtures/golden/${name}.json`, import.meta.url), 'utf8');
}

/** Expects the same folds, row for row. */
export function expectFolds(found: readonly Fold[], expected: readonly GoldenFold[]): void {
  expect(found).toHaveLength(expected.length);
  found.forEach(({ train, test }, fold) => {
    expectRows(train, expected[fold].train);
    expectRows(test, expected[fold].test);
  });
}

function expectRows(found: Int32Array, expected: GoldenRows): void {
  if (expected.rows !== undefined) expect(Array.from(found)).toEqual(expected.rows);
  expect(createHash('sha256').update(found).digest('hex')).toBe(expected.sha256);
}
