import { type PoolClient } from 'pg';
import { postgresCode } from './postgres-failure.js';

/** Statements that a connection keeps prepared; texts beyond are planned at each use. */
const KEPT_STATEMENTS = 300;

/** Something between us and the server, such as an older PgBouncer, does not keep statements on their connection. */
const NOT_KEPT: ReadonlySet<string> = new Set(['26000', '42P05']);
/** The table has changed under a prepared statement. */
const OUTDATED = '0A000';

/**
 * Gives statements names, so that PostgreSQL plans each once per connection: planning takes longer than running them.
 *
 * Where that does not work it stops by itself: the failed transaction is run again, without names.
 */
export class PreparedStatements {
  readonly #names = new Map<string, string>();
  readonly #unnamed = new Set<string>();
  #isOff = false;

  /** The same connection, whose statements with params are prepared. */
  on(client: PoolClient): PoolClient {
    const query = async (text: string, values: unknown[]): Promise<unknown> => this.#query(client, text, values);
    return new Proxy(client, {
      get: (target, key): unknown => (key === 'query' ? query : Reflect.get(target, key)),
    });
  }

  async #query(client: PoolClient, text: string, values: unknown[]): Promise<unknown> {
    const name = values.length === 0 ? undefined : this.#nameOf(text);
    if (name === undefined) return client.query(text, values);
    try {
      return await client.query({ name, text, values });
    } catch (error) {
      const code = postgresCode(error);
      if (NOT_KEPT.has(code)) this.#isOff = true;
      if (code === OUTDATED) this.#unnamed.add(text);
      throw error;
    }
  }

  #nameOf(text: string): string | undefined {
    if (this.#isOff || this.#unnamed.has(text)) return undefined;
    const known = this.#names.get(text);
    if (known !== undefined || this.#names.size >= KEPT_STATEMENTS) return known;
    const name = `scorecast_${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }
}
