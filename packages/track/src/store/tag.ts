/** A free note on an entity: at most one value per key. */
export interface Tag {
  readonly key: string;
  readonly value: string;
}

/** A choice that a run was made with; written once, never changed. */
export interface Param {
  readonly key: string;
  readonly value: string;
}

/** Of tags with the same key the last one, sorted by key: two writers that meet then do so in the same order. */
export function lastOfEachKey<T extends Tag>(tags: readonly T[]): T[] {
  const byKey = new Map(tags.map((tag) => [tag.key, tag]));
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}
