import type { ClientRequest, Connection } from './connection.js';
import { fieldsOf, listOf, textOf, type Fields } from './read-answer.js';

/** What every search may be told. */
export interface SearchOptions {
  /** MLflow's filter language, such as `metrics.r2 > 0.8 AND params.model = 'ridge'`. Default: everything. */
  readonly filter?: string;
  /** Such as `metrics.r2 DESC`. */
  readonly orderBy?: readonly string[];
  /** How many are asked for at once. Default 1000. */
  readonly pageSize?: number;
}

/** Asks for page after page as the reader goes on, and gives the items one by one. */
export async function* searchPages<Item>(
  connection: Connection,
  request: (pageToken: string | undefined) => ClientRequest,
  key: string,
  read: (fields: Fields) => Item,
): AsyncGenerator<Item, void, undefined> {
  let pageToken: string | undefined;
  do {
    const answer = fieldsOf(await connection.json(request(pageToken)));
    for (const fields of listOf(answer[key])) yield read(fields);
    const next = textOf(answer['next_page_token']);
    pageToken = next === '' || next === pageToken ? undefined : next;
  } while (pageToken !== undefined);
}

/** The options as the bodies and queries of searches name them. */
export function searchFields({ filter, orderBy, pageSize = 1000 }: SearchOptions, pageToken: string | undefined) {
  return {
    max_results: pageSize,
    ...(filter === undefined ? {} : { filter }),
    ...(orderBy === undefined ? {} : { order_by: orderBy }),
    ...(pageToken === undefined ? {} : { page_token: pageToken }),
  };
}
