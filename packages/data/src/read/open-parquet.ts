import { createHash } from 'node:crypto';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import { dataError } from '../data-error.js';
import { fileBytes } from '../file/file-bytes.js';
import { DuckSession, sqlName } from './duck-session.js';
import type { ReadOptions } from './read-options.js';
import { resolveColumns } from './resolve-columns.js';
import type { RawChunk, RowSource } from './row-source.js';
import { fieldsOf, type Wanted } from './wanted-field.js';

const PARQUET = 'read_parquet($1, hive_partitioning = false)';
const NUMBER_TYPE = /^(?:U?(?:TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)|FLOAT|DOUBLE|DECIMAL)\b/;

/** Opens a Parquet file. Numbers come as numbers, truth values as such, anything else as text; NaN is missing. */
export async function openParquet(path: string, wanted: Wanted, options: ReadOptions): Promise<RowSource> {
  const sha256 = await hashOf(path, options.signal);
  const columns = await columnsOf(path);
  const names = columns.map((column) => column.name);
  const fields = fieldsOf(wanted, names);
  const { sources, problems, warnings } = resolveColumns(names, fields, wanted.passedOver);
  if (problems.length > 0) throw dataError('DATA_COLUMNS', { path, problems });
  const cells = sources.map((source, f) => {
    if (source < 0) return 'NULL::VARCHAR';
    return cellSql(columns[source].name, fields[f].asText ? 'VARCHAR' : columns[source].type);
  });
  return {
    names: fields.map((field) => field.name),
    rowCount: await countOf(path),
    sha256,
    cells: 'typed',
    warnings,
    async *chunks() {
      let row = 0;
      for await (const chunk of query(path, `SELECT ${cells.join(', ')} FROM ${PARQUET}`)) {
        const rows = Int32Array.from({ length: chunk.rowCount }, (_, i) => row + i + 1);
        const values = sources.map((_, f) => chunk.getColumnValues(f));
        yield { rows, values, problems: [], warnings: [] } satisfies RawChunk;
        row += chunk.rowCount;
      }
    },
  };
}

function cellSql(name: string, type: string): string {
  const cell = sqlName(name);
  if (type === 'BOOLEAN') return cell;
  return NUMBER_TYPE.test(type) ? `nullif(${cell}::DOUBLE, 'nan'::DOUBLE)` : `${cell}::VARCHAR`;
}

async function hashOf(path: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  for await (const chunk of fileBytes(path, { gzip: false, hash, signal })) sizeBytes += chunk.length;
  if (sizeBytes === 0) throw dataError('DATA_EMPTY', { path });
  return hash.digest('hex');
}

async function* query(path: string, sql: string): AsyncGenerator<DuckDBDataChunk> {
  const session = await DuckSession.open(path, 'DATA_PARQUET');
  try {
    yield* session.chunks(sql);
  } finally {
    session.close();
  }
}

async function columnsOf(path: string) {
  const session = await DuckSession.open(path, 'DATA_PARQUET');
  try {
    return await session.columnsOf(`SELECT * FROM ${PARQUET}`);
  } finally {
    session.close();
  }
}

async function countOf(path: string): Promise<number> {
  for await (const chunk of query(path, `SELECT count(*) FROM ${PARQUET}`)) return Number(chunk.getColumnValues(0)[0]);
  return 0;
}
