import { sql, type RawBuilder } from 'kysely';
import { numberColumn, textColumn } from './attributes.js';
import { entryField, entrySortKey, entryValue, type Entries } from './entry-field.js';
import { type SortTerm } from './order-by.js';
import { type Field } from './vocabulary.js';
import { vocabularyOf, type EntityWords } from './words.js';

/** Prompts are kept as models with this tag; models do not have it, and searches for it mean so. */
export const PROMPT_TAG = 'mlflow.prompt.is_prompt';

/** The tags of registered models. */
export const modelTags: Entries = { table: 'registered_model_tags', refers: [['registered_models.name', 'name']] };

/** The tags of model versions. */
export const versionTags: Entries = {
  table: 'model_version_tags',
  refers: [
    ['model_versions.name', 'name'],
    ['model_versions.version', 'version'],
  ],
};

/** What registered models can be searched by. */
export const registeredModelVocabulary = vocabularyOf({
  attributes: {
    name: textColumn('registered_models.name'),
    creation_timestamp: numberColumn('registered_models.creation_time'),
    last_updated_timestamp: numberColumn('registered_models.last_updated_time'),
    timestamp: numberColumn('registered_models.last_updated_time'),
  },
  entities: [tagWords(modelTags)],
});

/** By name, unless another order is asked for. */
export const modelTie: readonly SortTerm[] = [
  { value: sql.ref('registered_models.name'), descending: false, certain: true },
];

/** What model versions can be searched by. */
export const modelVersionVocabulary = vocabularyOf({
  attributes: {
    name: textColumn('model_versions.name'),
    version_number: numberColumn('model_versions.version'),
    run_id: textColumn('model_versions.run_id'),
    source_path: textColumn('model_versions.source'),
    current_stage: textColumn('model_versions.current_stage'),
    creation_timestamp: numberColumn('model_versions.creation_time'),
    last_updated_timestamp: numberColumn('model_versions.last_updated_time'),
  },
  entities: [tagWords(versionTags)],
});

/** What settles the order of versions that are alike in the order asked for. */
export const versionTie: readonly SortTerm[] = [
  { value: sql.ref('model_versions.name'), descending: false, certain: true },
  { value: sql.ref('model_versions.version'), descending: true, certain: true },
];

/** The version that was touched last comes first, unless another order is asked for. */
export const newestVersions: readonly SortTerm[] = [
  { value: sql.ref('model_versions.last_updated_time'), descending: true, certain: false },
  ...versionTie,
];

function tagWords(entries: Entries): EntityWords {
  return {
    spellings: ['tags', 'tag'],
    field: (key) => (key === PROMPT_TAG ? promptField(entries) : entryField(entries, key)),
    sortKey: (key, alias) => entrySortKey(entries, key, alias),
  };
}

/** Whether a row is a prompt, as text: without the tag it is none, so `!= 'true'` finds the models. */
export function isPrompt(entries: Entries): RawBuilder<unknown> {
  return sql`coalesce(${entryValue(entries, PROMPT_TAG)}, 'false')`;
}

function promptField(entries: Entries): Field {
  return { type: 'text', where: (compare) => compare(isPrompt(entries)) };
}
