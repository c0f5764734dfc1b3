import { type Migration } from './migration.js';

/** Indexes that MLflow lacks and that keep histories and run lists fast; MLflow tolerates them. */
export const searchIndexes: Migration = {
  name: '0001-search-indexes',
  statements: (dialect) => [
    // A metric's history is read from the index alone, in its order.
    'create index if not exists scorecast_metrics_history on metrics (run_uuid, key, timestamp, step, value, is_nan)',
    // Filters by a metric read the matching part of this index and nothing else.
    'create index if not exists scorecast_latest_metrics_value on latest_metrics (key, value, run_uuid, is_nan)',
    // The newest runs of an experiment are the first entries.
    'create index if not exists scorecast_runs_start on runs ' +
      '(experiment_id, lifecycle_stage, coalesce(start_time, 0) desc, run_uuid)',
    // Filters by a param or tag likewise. PostgreSQL cannot index texts as long as these; it hashes them at each search.
    ...(dialect === 'sqlite'
      ? [
          'create index if not exists scorecast_params_value on params (key, value, run_uuid)',
          'create index if not exists scorecast_tags_value on tags (key, value, run_uuid)',
        ]
      : []),
  ],
};
