import { describe, expect, it } from 'vitest';
import { packageNames, textOf, typescriptFiles } from './source-files.js';

const MAX_LINES = 400;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/;
// Words that say nothing about what a file holds.
const EMPTY_WORDS = ['util', 'utils', 'helper', 'helpers', 'common', 'misc', 'manager', 'service', 'processor'];

const sources = packageNames.flatMap((name) =>
  ['src', 'web'].flatMap((room) => typescriptFiles(`packages/${name}/${room}`)),
);
const files = [...sources, ...packageNames.flatMap((name) => typescriptFiles(`packages/${name}/test`))].concat(
  typescriptFiles('test'),
);

const words = (file: string) =>
  file
    .replace(/^packages\/[^/]+\/(src|test|web)\//, '')
    .replace(/(\.test|\.bench|\.d)?\.tsx?$/, '')
    .split('/');

describe('source files', () => {
  it('have names in kebab-case', () => {
    expect(files.filter((file) => !words(file).every((word) => KEBAB_CASE.test(word)))).toEqual([]);
  });

  it('have names that say what they hold', () => {
    const empty = files.filter((file) =>
      words(file).some((word) => word.split('-').some((w) => EMPTY_WORDS.includes(w))),
    );
    expect(empty).toEqual([]);
  });

  it(`have at most ${MAX_LINES} lines`, () => {
    expect(files.filter((file) => textOf(file).split('\n').length > MAX_LINES + 1)).toEqual([]);
  });

  it('have a test file next to them only in test/', () => {
    expect(sources.filter((file) => file.includes('.test.'))).toEqual([]);
  });
});
