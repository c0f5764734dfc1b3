import { sql } from 'kysely';
import { numberColumn, textColumn } from './attributes.js';
import { entryField, entrySortKey, type Entries } from './entry-field.js';
import { type SortTerm } from './order-by.js';
import { vocabularyOf } from './words.js';

const tags: Entries = { table: 'experiment_tags', refers: [['experiments.experiment_id', 'experiment_id']] };

/** What experiments can be searched by. */
export const experimentVocabulary = vocabularyOf({
  attributes: {
    name: textColumn('experiments.name'),
    creation_time: numberColumn('experiments.creation_time'),
    last_update_time: numberColumn('experiments.last_update_time'),
    experiment_id: numberColumn('experiments.experiment_id'),
  },
  entities: [
    {
      spellings: ['tags', 'tag'],
      field: (key) => entryField(tags, key),
      sortKey: (key, alias) => entrySortKey(tags, key, alias),
    },
  ],
});

/** The newest experiment first, unless another order is asked for; of those alike the one with the smaller id. */
export const newestExperiments: readonly SortTerm[] = [
  { value: sql.ref('experiments.creation_time'), descending: true, certain: false },
  { value: sql.ref('experiments.experiment_id'), descending: false, certain: true },
];

/** What settles the order of experiments that are alike in the order asked for. */
export const experimentTie: readonly SortTerm[] = [
  { value: sql.ref('experiments.experiment_id'), descending: true, certain: true },
];
