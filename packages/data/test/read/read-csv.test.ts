import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readDataset, type ReadOptions } from '../../src/index.js';
import { rowsOf, small } from '../small-schema.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();

async function read(text: string | Uint8Array, options?: ReadOptions, name = 'data.csv') {
  return readDataset(await files.write(name, text), small, options);
}

const HEADER = 'id,hours,lunch,effort,score\n';
const expected = [
  ['a', 1.5, 'standard', 'low', 50],
  ['b', 2, 'none', 'high', 60],
];

describe('the dialects of CSV', () => {
  it.each([
    ['commas and line feeds', 'id,hours,lunch,effort,score\na,1.5,standard,low,50\nb,2,none,high,60\n'],
    ['semicolons', 'id;hours;lunch;effort;score\na;1.5;standard;low;50\nb;2;none;high;60\n'],
    ['tabs', 'id\thours\tlunch\teffort\tscore\na\t1.5\tstandard\tlow\t50\nb\t2\tnone\thigh\t60\n'],
    ['bars', 'id|hours|lunch|effort|score\na|1.5|standard|low|50\nb|2|none|high|60\n'],
    ['both characters at line ends', 'id,hours,lunch,effort,score\r\na,1.5,standard,low,50\r\nb,2,none,high,60\r\n'],
    ['carriage returns alone', 'id,hours,lunch,effort,score\ra,1.5,standard,low,50\rb,2,none,high,60\r'],
    ['mixed line ends', 'id,hours,lunch,effort,score\r\na,1.5,standard,low,50\nb,2,none,high,60\r\n'],
    ['no line end at the end', 'id,hours,lunch,effort,score\na,1.5,standard,low,50\nb,2,none,high,60'],
    ['a byte-order mark', '\ufeffid,hours,lunch,effort,score\na,1.5,standard,low,50\nb,2,none,high,60\n'],
    ['blank lines', '\n\nid,hours,lunch,effort,score\n\na,1.5,standard,low,50\n\n\nb,2,none,high,60\n\n'],
    [
      'everything in quotes',
      '"id","hours","lunch","effort","score"\n"a","1.5","standard","low","50"\n"b","2","none","high","60"\n',
    ],
    ['other columns and another order', 'score,x,effort,lunch,hours,id\n50,?,low,standard,1.5,a\n60,?,high,none,2,b\n'],
    ['an alias in the header', 'id,study hours,lunch,effort,score\na,1.5,standard,low,50\nb,2,none,high,60\n'],
  ])('reads %s', async (_, text) => {
    expect(rowsOf(await read(text))).toEqual(expected);
  });

  it('reads a packed file and hashes it as it is on the disk', async () => {
    const packed = gzipSync(`${HEADER}a,1.5,standard,low,50\nb,2,none,high,60\n`);
    const dataset = await read(packed, {}, 'data.csv.gz');
    expect(rowsOf(dataset)).toEqual(expected);
    expect(dataset.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(dataset.sha256).not.toBe((await read(`${HEADER}a,1.5,standard,low,50\nb,2,none,high,60\n`)).sha256);
  });

  it('reads a packed file with bad rows', async () => {
    const packed = gzipSync(`${HEADER}a,1.5,standard,low,50\nx\r\nb,2,none,high,60\n`);
    expect(rowsOf(await read(packed, { onInvalid: 'drop' }, 'data.csv.gz'))).toEqual(expected);
  });

  it('reads numbers with a decimal comma when told to', async () => {
    const dataset = await read('id;hours;lunch;effort;score\na;1,5;standard;low;50\nb;2;none;high;60,0\n', {
      decimalComma: true,
    });
    expect(rowsOf(dataset)).toEqual(expected);
  });

  it('refuses a decimal point where commas are announced', async () => {
    const reading = read('id;hours;lunch;effort;score\na;1.5;standard;low;50\nb;2;none;high;60\n', {
      decimalComma: true,
    });
    await expect(reading).rejects.toThrow('column "hours", row 1: "1.5" cannot be read');
  });

  it('takes a separator that is given', async () => {
    expect(
      rowsOf(await read('id:hours:lunch:effort:score\na:1.5:standard:low:50\nb:2:none:high:60\n', { separator: ':' })),
    ).toEqual(expected);
  });

  it.each(['', ',,', '"', '\n', '€'])('refuses %j as a separator', async (separator) => {
    await expect(read(HEADER, { separator })).rejects.toMatchObject({ code: 'DATA_OPTION', exitCode: 2 });
  });

  it('prefers the separator that finds the names of the schema', async () => {
    const text = 'id;hours;lunch;effort;score;a,b,c,d,e,f,g,h\na;1.5;standard;low;50;\nb;2;none;high;60;\n';
    expect(rowsOf(await read(text))).toEqual(expected);
  });
});

describe('values', () => {
  it('tells a missing cell, an empty text and the level "none" apart', async () => {
    const dataset = await read(`${HEADER}a,,none,,1\n"",3,"",high,2\n,4,standard,low,3\n`);
    expect(rowsOf(dataset)).toEqual([
      ['a', null, 'none', null, 1],
      ['', 3, '', 'high', 2],
      [null, 4, 'standard', 'low', 3],
    ]);
  });

  it('takes unquoted words for missing only when told to', async () => {
    const text = `${HEADER}a,NA,standard,NA,1\nb,2,none,low,2\n`;
    await expect(read(text)).rejects.toMatchObject({ details: { problemCount: 2 } });
    expect(rowsOf(await read(text, { missing: ['NA', "it's"] }))[0]).toEqual(['a', null, 'standard', null, 1]);
  });

  it('does not take a quoted word for missing', async () => {
    const reading = read(`${HEADER}a,"NA",standard,low,1\nb,2,none,low,2\n`, { missing: ['NA'] });
    await expect(reading).rejects.toThrow('column "hours", row 1: "NA" cannot be read');
  });

  it('keeps quotes, separators, line ends and blanks in texts', async () => {
    const text = `${HEADER}"say ""hi"", x",1,none,low,1\n"two\r\nlines",2,none,low,2\n a b ,3,none,low,3\n5" pipe,4,none,low,4\n`;
    expect(rowsOf(await read(text)).map((row) => row[0])).toEqual(['say "hi", x', 'two\r\nlines', ' a b ', '5" pipe']);
  });

  it('keeps an identifier as it is written', async () => {
    expect(rowsOf(await read(`${HEADER}007,1,none,low,1\n1e3,2,none,low,2\n`)).map((row) => row[0])).toEqual([
      '007',
      '1e3',
    ]);
  });
});

describe('columns', () => {
  const row = 'a,1,none,low,1\n';

  it('warns of columns that it ignores', async () => {
    const { warnings } = await read('id,hours,lunch,effort,score,mood,\na,1,none,low,1,x,\nb,2,standard,high,2,x,\n');
    expect(warnings).toEqual([
      'column 7 has no name and was ignored',
      'column "mood" is not in the schema and was ignored',
    ]);
  });

  it('warns of an identifier that the file does not have', async () => {
    const dataset = await read('hours,lunch,effort,score\n1,none,low,1\n2,standard,high,2\n');
    expect(dataset.warnings).toEqual(['the file has no column "id"']);
    expect(dataset.identifiers).toEqual([{ name: 'id', values: [null, null] }]);
  });

  it('names the column that was probably meant', async () => {
    await expect(read(`id,hours,lunch,efort,score\n${row}`)).rejects.toThrow(
      'column "effort": the column is missing (expected "effort"; the file\'s "efort" is near)',
    );
  });

  it('lists what the file has when nothing is near', async () => {
    await expect(read('x,y\n1,2\n')).rejects.toThrow('expected "hours" or "study hours"; the file has "x", "y"');
  });

  it('refuses two columns for one field', async () => {
    await expect(read(`id,hours,lunch,effort,score,study hours\na,1,none,low,1,2\n`)).rejects.toThrow(
      'column "hours": given again as "study hours"',
    );
  });

  it('refuses a name that is there twice', async () => {
    await expect(read(`id,hours,hours,lunch,effort,score\na,1,1,none,low,1\n`)).rejects.toMatchObject({
      code: 'DATA_COLUMNS',
      details: { problems: [{ code: 'duplicate-column', column: 'hours', expected: 'every column once' }] },
    });
  });

  it('refuses a header with text beside its quotes', async () => {
    await expect(read(`"id"x,hours,lunch,effort,score\n${row}`)).rejects.toMatchObject({ code: 'DATA_COLUMNS' });
  });
});

describe('rows with problems', () => {
  const text = `${HEADER}"two\nlines",1,none,low,1\na,25,none,low,101\nb,2\nc,3,vegan,low,\nd,4,none,high,4\n"e"x,5,none,high,5\nf,6,none,high,6,7\n`;

  it('are all listed with row, column, value and expectation', async () => {
    await expect(read(text)).rejects.toMatchObject({
      code: 'DATA_INVALID',
      exitCode: 3,
      details: {
        rows: 5,
        problemCount: 7,
        problems: [
          { code: 'out-of-range', column: 'hours', row: 2, value: '25', expected: 'a number from 0 to 24' },
          { code: 'out-of-range', column: 'score', row: 2, value: '101', expected: 'a number from 0 to 100' },
          { code: 'ragged-row', column: 'lunch', row: 3, value: '2 cells', expected: '5 cells' },
          { code: 'unknown-level', column: 'lunch', row: 4, value: 'vegan', expected: '"standard", "none" or ""' },
          { code: 'missing', column: 'score', row: 4, expected: 'a number from 0 to 100' },
          { code: 'unreadable-row', column: 'id', row: 6 },
          { code: 'ragged-row', column: 'score', row: 7, value: '6 cells', expected: '5 cells' },
        ],
      },
    });
  });

  it('are left out when told so, and counted', async () => {
    const dataset = await read(text, { onInvalid: 'drop' });
    expect(rowsOf(dataset)).toEqual([
      ['two\nlines', 1, 'none', 'low', 1],
      ['d', 4, 'none', 'high', 4],
    ]);
    expect(Array.from(dataset.rowNumbers)).toEqual([1, 5]);
    expect(dataset.fileRows).toBe(7);
    expect(dataset.dropped).toMatchObject({ rows: 5, problemCount: 7 });
  });

  it('are counted beyond those that are kept', async () => {
    const reading = read(HEADER + 'a,x,none,low,1\n'.repeat(1500));
    await expect(reading).rejects.toMatchObject({ details: { problemCount: 1500, rows: 1500 } });
    const problems = await reading.catch((error: unknown) => Reflect.get(Object(error), 'details').problems);
    expect(problems).toHaveLength(1000);
    expect(problems[999].row).toBe(1000);
  });

  it('leave an error when nothing else is there', async () => {
    const reading = read(`${HEADER}a,x,none,low,1\n`, { onInvalid: 'drop' });
    await expect(reading).rejects.toMatchObject({
      code: 'DATA_NO_ROWS',
      message: expect.stringContaining('none of the 1 rows'),
    });
  });
});

describe('a column of one value', () => {
  it('is a warning for a feature', async () => {
    const { warnings } = await read(`${HEADER}a,1,none,low,1\nb,2,none,high,2\n`);
    expect(warnings).toEqual(['feature "lunch" is the same in every row: nothing can be learned from it']);
  });

  it('is an error for the target', async () => {
    await expect(read(`${HEADER}a,1,none,low,5\nb,2,standard,high,5\n`)).rejects.toMatchObject({
      code: 'DATA_CONSTANT_TARGET',
      exitCode: 3,
    });
  });
});

describe('progress', () => {
  it('is told in rows', async () => {
    const told: number[] = [];
    await read(HEADER + 'a,1,none,low,1\nb,x,none,low,2\nc,3,none,low,3\n'.repeat(20_000), {
      onInvalid: 'drop',
      onProgress: (rows) => told.push(rows),
    });
    expect(told.length).toBeGreaterThan(1);
    expect(told.at(-1)).toBe(60_000);
  });

  it('ends when it is cancelled', async () => {
    const controller = new AbortController();
    const reading = read(HEADER + 'a,1,none,low,1\n'.repeat(50_000), {
      signal: controller.signal,
      onProgress: () => controller.abort(new Error('enough')),
    });
    await expect(reading).rejects.toThrow('enough');
  });
});
