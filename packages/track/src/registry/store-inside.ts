import type { Queries } from '../database/database.js';
import type { Store } from '../store/store.js';

/** The store inside of a write: what its verbs do is kept together with the rest of that write, or not at all. */
export function storeInside(store: Store, queries: Queries): Store {
  const { dialect } = store.db;
  const inside = async <T>(work: (queries: Queries) => Promise<T>): Promise<T> => work(queries);
  return { ...store, db: { dialect, read: inside, write: inside, writeOne: inside, close: () => Promise.resolve() } };
}
