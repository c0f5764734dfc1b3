import { fieldIndex, type Problem } from '@scorecast/core';
import { dataError } from '../data-error.js';
import { LinesSurvey } from '../survey/lines-survey.js';
import { MAX_ROW_BYTES, surveyText } from '../survey/survey-text.js';
import { DuckSession } from './duck-session.js';
import type { ReadOptions } from './read-options.js';
import type { RawChunk, RowSource } from './row-source.js';
import { fieldsOf, type Wanted, type WantedField } from './wanted-field.js';

const OPENING_BRACKET = 0x5b;

/** A key's place among the fields, or why it is not there. */
const PASSED_OVER = -1;

/** Opens a JSON lines file: one object per line, by field name or alias; a field that is not there is missing. */
export async function openJsonLines(
  path: string,
  gzip: boolean,
  wanted: Wanted,
  options: ReadOptions,
): Promise<RowSource> {
  const survey = new LinesSurvey();
  const sha256 = await surveyText(path, gzip, survey, options.signal);
  if (survey.rows === 0) throw dataError('DATA_EMPTY', { path });
  if (survey.firstByte === OPENING_BRACKET) throw dataError('DATA_JSON_ARRAY', { path });
  const columns = wanted.fields === 'all' ? await keysOf(path, gzip) : [];
  const fields = fieldsOf(wanted, columns);
  return {
    names: fields.map((field) => field.name),
    rowCount: survey.rows,
    sha256,
    cells: 'typed',
    warnings: [],
    async *chunks() {
      const reader = new LineReader(fields, wanted.passedOver);
      let rowCount = 0;
      for await (const lines of readLines(path, gzip)) {
        yield reader.read(lines, rowCount + 1);
        rowCount += lines.length;
      }
      if (rowCount !== survey.rows) {
        throw dataError('DATA_CHANGED', { path, expected: `${survey.rows} rows`, found: `${rowCount} rows` });
      }
    },
  };
}

/** The lines that hold something, null where one is not JSON. */
async function* readLines(path: string, gzip: boolean): AsyncGenerator<readonly unknown[]> {
  const session = await DuckSession.open(path, 'DATA_READ');
  try {
    const sql = `SELECT json::VARCHAR FROM read_ndjson_objects($1, ignore_errors = true, hive_partitioning = false,
      compression = '${gzip ? 'gzip' : 'uncompressed'}', maximum_object_size = ${2 * MAX_ROW_BYTES})`;
    for await (const chunk of session.chunks(sql)) yield chunk.getColumnValues(0);
  } finally {
    session.close();
  }
}

async function keysOf(path: string, gzip: boolean): Promise<readonly string[]> {
  const keys = new Set<string>();
  for await (const lines of readLines(path, gzip)) {
    for (const line of lines) for (const key of Object.keys(parseObject(line) ?? {})) keys.add(key);
  }
  return Array.from(keys);
}

function parseObject(line: unknown): object | undefined {
  if (typeof line !== 'string') return undefined;
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Sorts the values of objects by field. */
class LineReader {
  private readonly index: Map<string, number>;

  constructor(
    private readonly fields: readonly WantedField[],
    passedOver: ReadonlySet<string>,
  ) {
    this.index = new Map(fieldIndex(fields));
    for (const name of passedOver) this.index.set(name, PASSED_OVER);
  }

  read(lines: readonly unknown[], firstRow: number): RawChunk {
    const rows: number[] = [];
    const values: unknown[][] = this.fields.map(() => []);
    const problems: Problem[] = [];
    const warnings: string[] = [];
    lines.forEach((line, i) => {
      const found = this.valuesOf(line, warnings);
      if (Array.isArray(found)) {
        rows.push(firstRow + i);
        found.forEach((value, f) => values[f].push(value));
      } else {
        problems.push({ ...found, row: firstRow + i });
      }
    });
    return { rows: Int32Array.from(rows), values, problems, warnings };
  }

  private valuesOf(line: unknown, warnings: string[]): unknown[] | Problem {
    const record = parseObject(line);
    if (record === undefined) return this.unreadable(line);
    const values = new Array<unknown>(this.fields.length).fill(undefined);
    for (const [key, value] of Object.entries(record)) {
      const f = this.index.get(key);
      if (f === undefined) {
        this.index.set(key, PASSED_OVER);
        warnings.push(`field ${JSON.stringify(key)} is not in the schema and was ignored`);
      } else if (f !== PASSED_OVER) {
        if (values[f] !== undefined) {
          return { code: 'duplicate-column', column: this.fields[f].name, value: key, expected: 'one value' };
        }
        values[f] = this.fields[f].asText ? toText(value) : value;
      }
    }
    return values;
  }

  private unreadable(line: unknown): Problem {
    return {
      code: 'unreadable-row',
      column: this.fields[0]?.name ?? '',
      value: typeof line === 'string' ? 'the line is not an object' : 'the line is not JSON',
      expected: 'one JSON object per line',
    };
  }
}

function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
