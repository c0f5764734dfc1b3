import { attributeField, attributeSortKey, type Attribute } from './attributes.js';
import { type Field, type SortKey, type Vocabulary } from './vocabulary.js';

/** A kind of key that stands behind a dot: metrics, params, tags. */
export interface EntityWords {
  /** How the entity may be written: `metric`, `metrics`. */
  readonly spellings: readonly string[];
  readonly field?: (key: string) => Field | string;
  readonly sortKey?: (key: string, alias: string) => SortKey | string;
}

/** What the vocabulary of one kind of search is made of. */
export interface VocabularyWords {
  /** Keys that stand alone, or behind `attributes.`. */
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** Attributes that may be sorted by but not filtered by. */
  readonly sortOnly?: readonly string[];
  readonly entities: readonly EntityWords[];
}

const ATTRIBUTE_SPELLINGS: readonly string[] = ['attribute', 'attributes', 'attr', 'run', 'trace'];

/** Makes a vocabulary; what it does not know it answers with what it does. */
export function vocabularyOf({ attributes, sortOnly = [], entities }: VocabularyWords): Vocabulary {
  const names = Object.keys(attributes);
  const expected = (known: readonly string[]): string =>
    `${known.join(', ')}${entities.length === 0 ? '' : `, or a key behind ${entities.map(({ spellings }) => `${spellings[0]}.`).join(' or ')}`}`;
  const attributeOf = (entity: string | undefined, key: string): Attribute | undefined =>
    (entity === undefined || ATTRIBUTE_SPELLINGS.includes(entity)) && Object.hasOwn(attributes, key)
      ? attributes[key]
      : undefined;
  const entityOf = (entity: string | undefined): EntityWords | undefined =>
    entities.find(({ spellings }) => entity !== undefined && spellings.includes(entity));
  return {
    field(entity, key) {
      const attribute = sortOnly.includes(key) ? undefined : attributeOf(entity, key);
      if (attribute !== undefined) return attributeField(attribute);
      return entityOf(entity)?.field?.(key) ?? expected(names.filter((name) => !sortOnly.includes(name)));
    },
    sortKey(entity, key, alias) {
      const attribute = attributeOf(entity, key);
      if (attribute !== undefined) return attributeSortKey(attribute);
      return entityOf(entity)?.sortKey?.(key, alias) ?? expected(names);
    },
  };
}
