import { DuckDBInstance } from '@duckdb/node-api';
import { defineSchema } from '@scorecast/core';
import { access, copyFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readDataset } from '../../src/index.js';
import { DuckSession } from '../../src/read/duck-session.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();
const plain = defineSchema({ name: 'plain', features: [{ kind: 'numeric', name: 'x' }], target: { name: 'y' } });
const csv = (first: number) => `x,y\n${first},1\n${first},2\n`;

async function firstValue(path: string): Promise<number> {
  const column = (await readDataset(path, plain)).features.columns[0];
  return column.kind === 'numeric' ? column.values[0] : Number.NaN;
}

describe.skipIf(process.platform === 'win32')('a file name', () => {
  it.each([
    "it's.csv",
    "x' ; DROP TABLE y; --.csv",
    "x') UNION SELECT 1, 2 --.csv",
    'two\nlines.csv',
    '$1.csv',
    'back\\slash.csv',
    '{a,b}.csv',
    'year=2020/hive.csv',
    'https:/example.org/data.csv',
  ])('is only a name: %j', async (name) => {
    expect(await firstValue(await files.write(name, csv(7)))).toBe(7);
  });

  it.each([
    ['a*.csv', 'ab.csv'],
    ['b?.csv', 'bc.csv'],
    ['c[d].csv', 'cd.csv'],
    ['**.csv', 'zz.csv'],
    ['f*/data.csv', 'fg/data.csv'],
  ])('is no pattern: %j beside %j', async (name, other) => {
    await files.write(other, csv(99));
    expect(await firstValue(await files.write(name, csv(7)))).toBe(7);
  });

  it.each(['x*.parquet', "x'.parquet", 'x[1].parquet'])('is no pattern in Parquet: %j', async (name) => {
    const connection = await (await DuckDBInstance.create()).connect();
    const made = files.path('made.parquet');
    await connection.run(`COPY (SELECT 7 AS x, unnest([1, 2]) AS y) TO '${made}'`);
    connection.closeSync();
    await copyFile(made, files.path(name));
    expect(await firstValue(files.path(name))).toBe(7);
  });

  it.each(['y*.jsonl', "y'.jsonl", 'y[1].jsonl'])('is no pattern in JSON lines: %j', async (name) => {
    await files.write('y1.jsonl', '{"x":99,"y":1}\n{"x":99,"y":2}\n');
    expect(await firstValue(await files.write(name, '{"x":7,"y":1}\n{"x":7,"y":2}\n'))).toBe(7);
  });
});

describe('a column name', () => {
  it.each(["x'", 'x"', "x'}) --", '"; DROP TABLE y; --', 'SELECT', 'x, y', '__proto', 'constructor', '$1', ' x '])(
    'is only a name: %j',
    async (name) => {
      const schema = defineSchema({ name: 'named', features: [{ kind: 'numeric', name }], target: { name: 'target' } });
      const header = `"${name.replaceAll('"', '""')}"`;
      const inCsv = await files.write('named.csv', `${header},target\n7,1\n7,2\n`);
      const inJson = await files.write(
        'named.jsonl',
        [1, 2].map((target) => JSON.stringify({ [name]: 7, target })).join('\n'),
      );
      const inParquet = files.path('named.parquet');
      const connection = await (await DuckDBInstance.create()).connect();
      await connection.run(`COPY (SELECT 7 AS ${header}, unnest([1, 2]) AS target) TO '${inParquet}'`);
      connection.closeSync();
      for (const path of [inCsv, inJson, inParquet]) {
        const { features } = await readDataset(path, schema);
        expect(features.columns).toEqual([{ kind: 'numeric', name, values: Float64Array.of(7, 7) }]);
      }
    },
  );
});

describe('the database that reads', () => {
  async function rowsOf(sql: string): Promise<readonly unknown[]> {
    const session = await DuckSession.open(await files.write('own.csv', csv(1)), 'DATA_READ');
    try {
      const rows: unknown[] = [];
      for await (const chunk of session.chunks(sql)) rows.push(...chunk.getRows());
      return rows;
    } finally {
      session.close();
    }
  }

  it.each([
    ['another file', (other: string) => `SELECT *, $1 FROM read_csv('${other}')`],
    ['the network', () => `SELECT *, $1 FROM read_csv('https://127.0.0.1:1/x.csv')`],
    ['a file to write', (other: string) => `COPY (SELECT $1) TO '${other}.out'`],
  ])('cannot reach %s', async (_, sql) => {
    const other = await files.write('other.csv', csv(2));
    await expect(rowsOf(sql(other))).rejects.toThrow('Permission Error');
    await expect(access(`${other}.out`)).rejects.toThrow();
  });

  it('cannot load extensions or change its settings', async () => {
    const names = [
      'autoinstall_known_extensions',
      'autoload_known_extensions',
      'enable_external_access',
      'lock_configuration',
    ];
    const settings = names.map((name) => `current_setting('${name}')`);
    expect(await rowsOf(`SELECT ${settings.join(', ')} WHERE $1 IS NOT NULL`)).toEqual([[false, false, false, true]]);
  });
});
