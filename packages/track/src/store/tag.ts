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
