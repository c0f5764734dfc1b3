import { mkdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { createGzip } from 'node:zlib';
import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { readDataset } from '../../src/index.js';
import { small } from '../small-schema.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();
const HEADER = 'id,hours,lunch,effort,score\n';
const ROW = 'a,1,none,low,1\n';

async function refusal(name: string, content: string | Uint8Array) {
  return readDataset(await files.write(name, content), small).then(
    () => {
      throw new Error('the file was read');
    },
    (error: unknown) => error,
  );
}

function bytes(...parts: readonly (string | readonly number[])[]): Buffer {
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
}

describe('a damaged file ends in an error that says what is wrong and where:', () => {
  it.each([
    ['an empty file', 'empty.csv', '', 'DATA_EMPTY', 'the file is empty'],
    ['blank lines only', 'blank.csv', '\n\r\n\n', 'DATA_EMPTY', 'the file is empty'],
    ['a header only', 'header.csv', HEADER, 'DATA_NO_ROWS', 'there is no row below the header'],
    ['a header without a line end', 'cut.csv', HEADER.trim(), 'DATA_NO_ROWS', 'there is no row below the header'],
    ['rows without a header', 'rows.csv', ROW + ROW, 'DATA_COLUMNS', 'the file has "a", "1", "none", "low"'],
    [
      'no target',
      'target.csv',
      'id,hours,lunch,effort\na,1,none,low\n',
      'DATA_COLUMNS',
      'column "score": the column is missing',
    ],
    [
      'a row that is cut off',
      'row.csv',
      `${HEADER}${ROW}b,2,no`,
      'DATA_INVALID',
      'column "effort", row 2: 3 cells (expected 5 cells)',
    ],
    [
      'a quote that is cut off',
      'quote.csv',
      `${HEADER}${ROW}b,2,"no`,
      'DATA_UNCLOSED_QUOTE',
      'a quote that opens in row 2 is never closed',
    ],
    ['a quote that is cut off in the header', 'q.csv', '"id,hours\n', 'DATA_UNCLOSED_QUOTE', 'opens in the header'],
    [
      'Latin-1',
      'latin.csv',
      bytes(HEADER, ROW, 'Jos', [0xe9], ',1,none,low,1\n'),
      'DATA_ENCODING',
      'the byte 0xe9 in row 2 is not UTF-8',
    ],
    [
      'a character that is cut off',
      'char.csv',
      bytes(HEADER, ROW, 'Jos', [0xc3]),
      'DATA_ENCODING',
      'the byte 0xc3 in row 2',
    ],
    ['Latin-1 in the header', 'head.csv', bytes('id,', [0xe9], '\n'), 'DATA_ENCODING', 'in the header is not UTF-8'],
    ['UTF-16', 'utf16.csv', Buffer.from(`\ufeff${HEADER}`, 'utf16le'), 'DATA_NOT_TEXT', 'the file is UTF-16 text'],
    [
      'UTF-16 without a mark',
      'bare16.csv',
      Buffer.from(HEADER, 'utf16le'),
      'DATA_NUL_BYTE',
      'there is a NUL byte in the header',
    ],
    ['NUL bytes', 'nul.csv', `${HEADER}${ROW}b,\0,none,low,1\n`, 'DATA_NUL_BYTE', 'there is a NUL byte in row 2'],
    ['gzip under a wrong name', 'packed.csv', gzipSync(HEADER), 'DATA_NOT_TEXT', 'let its name end with .gz'],
    [
      'a workbook under a wrong name',
      'sheet.csv',
      bytes([0x50, 0x4b, 3, 4], 'x'),
      'DATA_NOT_TEXT',
      'save the sheet as CSV',
    ],
    ['text under the name of gzip', 'plain.csv.gz', HEADER, 'DATA_GZIP', 'incorrect header check'],
    [
      'gzip that is cut off',
      'half.csv.gz',
      gzipSync(HEADER + ROW.repeat(99)).subarray(0, 60),
      'DATA_GZIP',
      'unexpected end of file',
    ],
    ['text under the name of Parquet', 'x.parquet', HEADER + ROW, 'DATA_PARQUET', 'cannot be read as Parquet'],
    ['empty Parquet', 'none.parquet', '', 'DATA_EMPTY', 'the file is empty'],
    ['a JSON list', 'list.json', '[{"hours": 1}]', 'DATA_JSON_ARRAY', 'expected JSON lines'],
    ['empty JSON lines', 'none.jsonl', '\n \n', 'DATA_EMPTY', 'the file is empty'],
    ['an unknown extension', 'data.xlsx', 'x', 'DATA_FORMAT_UNKNOWN', 'expected .csv'],
    ['packed Parquet', 'x.parquet.gz', 'x', 'DATA_FORMAT_UNKNOWN', 'expected .csv'],
  ])('%s', async (_, name, content, code, message) => {
    const error = await refusal(name, content);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(error).toMatchObject({ message: expect.stringContaining(name) });
  });

  it('a folder', async () => {
    await mkdir(files.path('folder.csv'));
    await expect(readDataset(files.path('folder.csv'), small)).rejects.toMatchObject({
      code: 'DATA_NOT_A_FILE',
      message: expect.stringContaining('this is a folder'),
    });
  });

  it.skipIf(process.platform === 'win32')('a device', async () => {
    await expect(readDataset('/dev/zero', small, { format: 'csv' })).rejects.toMatchObject({
      code: 'DATA_NOT_A_FILE',
      message: expect.stringContaining('this is a device'),
    });
  });

  it('a name that is not there, with the one that was probably meant', async () => {
    const there = await files.write('students.csv', HEADER);
    await expect(readDataset(files.path('studnets.csv'), small)).rejects.toMatchObject({
      code: 'DATA_FILE_MISSING',
      exitCode: 2,
      message: expect.stringContaining(`did you mean ${JSON.stringify(there)}?`),
    });
  });

  it('a name below something that is no folder', async () => {
    await files.write('leaf.csv', HEADER);
    await expect(readDataset(files.path('leaf.csv/x.csv'), small)).rejects.toMatchObject({ code: 'DATA_FILE_MISSING' });
  });
});

describe('a row without end', () => {
  const HUNDRED_MB = 100 * 2 ** 20;

  /** Writes a packed file of `start` and 100 MB of `filler`. */
  async function bomb(name: string, start: string, filler: string): Promise<string> {
    const packer = createGzip({ level: 1 });
    const file = packer.pipe(createWriteStream(files.path(name)));
    packer.write(start);
    const piece = Buffer.alloc(2 ** 20, filler);
    for (let written = 0; written < HUNDRED_MB; written += piece.length) {
      if (!packer.write(piece)) await once(packer, 'drain');
    }
    packer.end();
    await once(file, 'finish');
    return files.path(name);
  }

  it.each([
    ['in a row', `${HEADER}${ROW}`, 'x', 'DATA_LONG_ROW', 'the text in row 2 is longer than 1048576 bytes'],
    ['in the header', 'id', 'x', 'DATA_LONG_ROW', 'the text in the header is longer'],
    ['behind a quote', `${HEADER}${ROW}"`, '\n', 'DATA_UNCLOSED_QUOTE', 'a quote that opens in row 2 is never closed'],
  ])('of 100 MB %s is refused without holding it in memory', async (where, start, filler, code, message) => {
    const path = await bomb(`${where.replaceAll(' ', '-')}.csv.gz`, start, filler);
    const before = process.memoryUsage().rss;
    await expect(readDataset(path, small)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
    expect(process.memoryUsage().rss - before).toBeLessThan(HUNDRED_MB / 2);
  });
});
