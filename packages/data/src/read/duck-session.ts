import { resolve } from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance, DuckDBResult } from '@duckdb/node-api';
import { dataError } from '../data-error.js';

/**
 * A DuckDB in memory that may read one file and nothing else: no other path, no network, no extension, no setting.
 * The file is its only parameter, `$1`; whatever its name holds, it is neither SQL nor a pattern.
 */
export class DuckSession {
  private constructor(
    private readonly instance: DuckDBInstance,
    private readonly connection: DuckDBConnection,
    private readonly path: string,
    private readonly pattern: string,
    private readonly failure: 'DATA_READ' | 'DATA_PARQUET',
  ) {}

  /** @param failure The error to throw when the file cannot be read. */
  static async open(path: string, failure: 'DATA_READ' | 'DATA_PARQUET'): Promise<DuckSession> {
    const file = resolve(path);
    const pattern = file.replace(/[*?[]/g, '[$&]');
    // Its native library is only loaded by those who read such files.
    const { DuckDBInstance } = await import('@duckdb/node-api');
    const instance = await DuckDBInstance.create(':memory:', {
      // The cells are turned into numbers here in JavaScript: more threads would only wait for that.
      threads: '1',
      memory_limit: '1GB',
      temp_directory: '',
      enable_external_file_cache: 'false',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      allow_community_extensions: 'false',
      allow_persistent_secrets: 'false',
    });
    const connection = await instance.connect();
    await connection.run(`SET allowed_paths = [${sqlText(file)}, ${sqlText(pattern)}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
    return new DuckSession(instance, connection, path, pattern, failure);
  }

  /** The names and the types of a query's columns. */
  async columnsOf(sql: string): Promise<readonly { readonly name: string; readonly type: string }[]> {
    const result = await this.stream(`SELECT * FROM (${sql}) LIMIT 0`);
    return result.columnNames().map((name, i) => ({ name, type: String(result.columnType(i)) }));
  }

  /** The rows of a query as they are read, about two thousand at a time. */
  async *chunks(sql: string): AsyncGenerator<DuckDBDataChunk> {
    const result = await this.stream(sql);
    while (true) {
      const chunk = await this.explain(result.fetchChunk());
      if (chunk === null || chunk.rowCount === 0) return;
      yield chunk;
    }
  }

  private async stream(sql: string): Promise<DuckDBResult> {
    return this.explain(this.connection.stream(sql, [this.pattern]));
  }

  private async explain<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (cause) {
      const reason = cause instanceof Error ? firstLine(cause.message) : String(cause);
      throw dataError(this.failure, { path: this.path, reason }, { cause });
    }
  }

  close(): void {
    this.connection.closeSync();
    this.instance.closeSync();
  }
}

/** A text as an SQL literal. */
function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as an SQL identifier. */
export function sqlName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0];
}
