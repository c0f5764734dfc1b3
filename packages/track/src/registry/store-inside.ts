import type { Queries } from '../database/database.js';
import type { Store } from '../store/store.js';

/** The store inside of a write: what its verbs do is kept together with the rest of that write, or not at all. */
export function storeInside(store: Store, queries: Queries): Store {
  const { dialect } = store.db;
  return {
    ...store,
    db: { dialect, read: (work) => work(queries), write: (work) => work(queries), close: () => Promise.resolve() },
  };
}
