import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { artifactFolder, artifactPath } from '../../src/artifacts/artifact-path.js';

const root = path.resolve('/srv/artifacts');

describe('the path of an artifact', () => {
  it.each([
    'model.json',
    'a/b/c',
    'a b/ü/数据',
    '1/run/artifacts/model/data/model.pkl',
    '..a/b..c',
    '...x',
    'at 12:30.txt',
    '%',
    '100%',
    'com10',
    'console',
  ])('may be %j', (safe) => expect(artifactPath(safe)).toBe(safe));

  it('is brought to its plain form', () => {
    expect(artifactPath('./a//b/./c/')).toBe('a/b/c');
    expect(artifactFolder('')).toBe('');
    expect(artifactFolder('./')).toBe('');
  });

  it.each([
    '',
    '.',
    '..',
    '../x',
    'a/..',
    'a/../../x',
    '/etc/passwd',
    '//host/share',
    '%2e%2e/x',
    '%2E%2e%2Fx',
    '.%2e/x',
    '%252e%252e%252fx',
    '%25252e%25252e/x',
    'a%2f..%2fx',
    '%2fetc/passwd',
    'a%5c..%5cx',
    '..\\x',
    'a\\b',
    'C:/x',
    'c:x',
    '%43:/x',
    'file:///etc/passwd',
    'a\0b',
    'a%00b',
    'a\nb',
    'a%0d%0ab',
    'a\u007fb',
    'a#b',
    'a%23b',
    'con',
    'NUL',
    'a/aux.txt',
    'com1',
    'LPT9.log',
    'com¹',
    'a./b',
    '.. /x',
    'a /b',
    '\ud800',
    '.scorecast-uploads/x',
    'a/.SCORECAST-x.partial',
    'x'.repeat(256),
    'a/'.repeat(500),
  ])('may not be %j', (unsafe) => {
    expect(() => artifactPath(unsafe)).toThrow(/^Invalid path/);
  });

  it('is a 400 with the words that MLflow’s server answers', () => {
    expect(() => artifactPath('../x')).toThrow(
      expect.objectContaining({
        code: 'INVALID_PARAMETER_VALUE',
        status: 400,
        message: expect.stringMatching(/^Invalid path: "..\/x"/),
      }),
    );
  });

  /** Texts made of what attacks are made of. */
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '..',
          '.',
          '/',
          '\\',
          '%2e',
          '%2E',
          '%2f',
          '%5c',
          '%25',
          '%252e',
          '%00',
          '\0',
          ' ',
          ':',
          'C:',
          'a',
          'nul',
          '~',
          '%c0%ae',
          '%uff0e',
          '．',
          '／',
          '‥',
        ),
        fc.string({ unit: 'binary', maxLength: 4 }),
      ),
      { maxLength: 12 },
    )
    .map((pieces) => pieces.join(''));

  it('never leads out of the root, on any system, however often it is decoded', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        let accepted: string;
        try {
          accepted = artifactPath(text);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
          return;
        }
        for (let form = accepted, decodings = 0; decodings < 5; decodings++) {
          expect(path.posix.join(root, form).startsWith(`${root}/`)).toBe(true);
          expect(path.posix.resolve(root, form).startsWith(`${root}/`)).toBe(true);
          expect(path.win32.resolve('D:\\root', form).startsWith('D:\\root\\')).toBe(true);
          expect(new URL(`https://bucket.example/root/${form.replaceAll('?', '%3f')}`).pathname).toMatch(/^\/root\/./);
          try {
            form = decodeURIComponent(form);
          } catch {
            break;
          }
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it('is plain: to check it again changes nothing', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        try {
          const once = artifactFolder(text);
          expect(artifactFolder(once)).toBe(once);
        } catch (error) {
          expect(error).toMatchObject({ code: 'INVALID_PARAMETER_VALUE' });
        }
      }),
    );
  });
});
