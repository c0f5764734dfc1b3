import { DuckDBInstance } from '@duckdb/node-api';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { readDataset, scanFile, type ReadOptions } from '../../src/index.js';
import { rowsOf, small } from '../small-schema.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();

async function write(select: string): Promise<string> {
  const path = files.path('data.parquet');
  const connection = await (await DuckDBInstance.create()).connect();
  await connection.run(`COPY (${select}) TO '${path}' (FORMAT parquet, ROW_GROUP_SIZE 2048)`);
  connection.closeSync();
  return path;
}

async function read(select: string, options?: ReadOptions) {
  return readDataset(await write(select), small, options);
}

const rows = (values: string) => `SELECT * FROM (VALUES ${values}) AS t(id, hours, lunch, effort, score)`;

describe('Parquet', () => {
  it('is read by name, with the hash of the file', async () => {
    const dataset = await read(rows(`('a', 1.5, 'standard', 'low', 50), ('b', 2, 'none', 'high', 60)`));
    expect(rowsOf(dataset)).toEqual([
      ['a', 1.5, 'standard', 'low', 50],
      ['b', 2, 'none', 'high', 60],
    ]);
    const bytes = await readFile(files.path('data.parquet'));
    expect(dataset.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it('takes null and NaN for missing, but not an empty text', async () => {
    const dataset = await read(rows(`(NULL, 'nan'::DOUBLE, '', NULL, 1.0), ('b', NULL, 'none', 'high', 2.0)`));
    expect(rowsOf(dataset)).toEqual([
      [null, null, '', null, 1],
      ['b', null, 'none', 'high', 2],
    ]);
  });

  it.each(['TINYINT', 'UBIGINT', 'HUGEINT', 'DECIMAL(9, 2)', 'FLOAT'])('reads numbers of type %s', async (type) => {
    const dataset = await read(
      `SELECT 'a' AS id, 3::${type} AS hours, 'none' AS lunch, 'low' AS effort, i::${type} AS score FROM range(2) AS r(i)`,
    );
    expect(rowsOf(dataset).map((row) => [row[1], row[4]])).toEqual([
      [3, 0],
      [3, 1],
    ]);
  });

  it('keeps a numeric identifier exactly', async () => {
    const dataset = await read(
      `SELECT 9007199254740993 AS id, 3 AS hours, 'none' AS lunch, 'low' AS effort, i AS score FROM range(2) AS r(i)`,
    );
    expect(rowsOf(dataset)[0][0]).toBe('9007199254740993');
  });

  it('does not take a text for a number', async () => {
    await expect(read(rows(`('a', '1.5', 'none', 'low', 50), ('b', '2', 'none', 'low', 60)`))).rejects.toThrow(
      'column "hours", row 1: "1.5" cannot be read (expected a number from 0 to 24)',
    );
  });

  it('numbers the rows of all its groups', async () => {
    const path = await write(
      `SELECT i::VARCHAR AS id, 1 AS hours, 'none' AS lunch, 'low' AS effort, CASE WHEN i % 1000 = 999 THEN NULL ELSE i % 100 END AS score FROM range(10000) AS r(i)`,
    );
    const dataset = await readDataset(path, small, { onInvalid: 'drop' });
    expect(dataset.dropped.problems.map((problem) => problem.row)).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((k) => k * 1000),
    );
    expect(dataset.identifiers[0].values).toEqual(Array.from(dataset.rowNumbers, (row) => String(row - 1)));
    let scanned = 0;
    for await (const chunk of scanFile(path, small)) scanned += chunk.rowNumbers.length;
    expect(scanned).toBe(10_000);
  });

  it('must have the columns of the schema', async () => {
    await expect(read(`SELECT 1 AS id, 2 AS hour, 3 AS score`)).rejects.toMatchObject({
      code: 'DATA_COLUMNS',
      message: expect.stringContaining(`column "hours": the column is missing`),
    });
  });
});
