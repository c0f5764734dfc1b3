import type { OpenTracking } from '@scorecast/track';
import type { Terminal } from '../../terminal/terminal.js';

/** From where to where is copied. */
export interface ImportPlace {
  readonly source: OpenTracking;
  readonly target: OpenTracking;
  readonly terminal: Terminal;
}

/** The tag of a copy that says what it was copied from: the server's address and the id that it has there. */
export const ORIGIN_TAG = 'scorecast.imported_from';

/** What the tag says. */
export function originOf({ source }: ImportPlace, id: string): string {
  return `${source.uri} ${id}`;
}

/** The tags of something as an object. */
export function tagsOf(
  tags: readonly { readonly key: string; readonly value: string }[],
): Readonly<Record<string, string>> {
  return Object.fromEntries(tags.map(({ key, value }) => [key, value]));
}
