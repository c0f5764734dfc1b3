import { type Store } from './store.js';

/** Where a new experiment keeps its artifacts. */
export function experimentLocation(store: Store, experimentId: number): string {
  return joinUri(store.artifactRoot, String(experimentId));
}

/** Appends folders to a URI or path; a query, such as a region's, stays at the end. */
export function joinUri(base: string, ...parts: readonly string[]): string {
  const [, place = base, query = ''] = /^([^?#]*)(.*)$/su.exec(base) ?? [];
  const start = place.endsWith('/') ? place.slice(0, -1) : place;
  return `${[start, ...parts].join('/')}${query}`;
}
