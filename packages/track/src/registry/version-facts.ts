import type { Queries } from '../database/database.js';
import { loadedNumber } from '../store/metric-value.js';
import type { VersionFacts } from './gates.js';

/** The metrics of a run that gates read: their keys, as trainings of Scorecast record them. */
export const FACT_METRICS = {
  cvR2: 'cv_r2',
  intervalCoverage: 'interval_coverage',
  intervalLevel: 'interval_level',
  leakageWarnings: 'leakage_warnings',
} as const satisfies Record<keyof VersionFacts, string>;

/** What the training of a version recorded of it. */
export async function versionFacts(queries: Queries, name: string, version: number): Promise<VersionFacts> {
  const rows = await queries
    .selectFrom('model_versions')
    .innerJoin('latest_metrics', 'latest_metrics.run_uuid', 'model_versions.run_id')
    .select(['latest_metrics.key', 'latest_metrics.value', 'latest_metrics.is_nan'])
    .where('model_versions.name', '=', name)
    .where('model_versions.version', '=', version)
    .where('latest_metrics.key', 'in', Object.values(FACT_METRICS))
    .execute();
  const values = new Map(rows.map(({ key, value, is_nan }) => [key, loadedNumber(value, is_nan)]));
  const known = Object.entries(FACT_METRICS).flatMap(([fact, key]) => {
    const value = values.get(key);
    return value === undefined ? [] : [[fact, value] as const];
  });
  return Object.fromEntries(known);
}
