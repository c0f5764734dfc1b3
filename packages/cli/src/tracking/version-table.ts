import type { ModelVersion, RegisteredModel, Run } from '@scorecast/track';
import { metricText } from '../terminal/metric-text.js';
import { textTable, type TextColumn } from '../terminal/text-table.js';
import { timeText } from '../terminal/time-text.js';
import { shortId } from './find-run.js';

const left = (heading: string): TextColumn => ({ heading, align: 'left' });
const right = (heading: string): TextColumn => ({ heading, align: 'right' });

/** What a version was trained to, where its training recorded it. */
const METRICS = ['cv_r2', 'test_r2', 'test_mae'];

/** Registered models as a table. */
export function modelTable(models: readonly RegisteredModel[]): string {
  const rows = models.map(({ name, latestVersions, aliases, lastUpdatedTime }) => [
    name,
    String(Math.max(0, ...latestVersions.map(({ version }) => Number(version)))),
    aliases.map(({ alias, version }) => `${alias} ${version}`).join(', '),
    timeText(lastUpdatedTime),
  ]);
  return textTable([left('model'), right('newest version'), left('aliases'), left('changed (UTC)')], rows);
}

/**
 * Versions of one model as a table.
 *
 * @param aliases The model's: MLflow's servers list versions without theirs.
 * @param runs The runs that made them, by id.
 */
export function versionTable(
  versions: readonly ModelVersion[],
  aliases: RegisteredModel['aliases'],
  runs: ReadonlyMap<string, Run>,
): string {
  const rows = versions.map(({ version, runId, creationTime }) => {
    const found = runs.get(runId ?? '')?.data.metrics ?? [];
    const values = new Map(found.map(({ key, value }) => [key, metricText(value)]));
    return [
      version,
      aliases
        .filter((one) => one.version === version)
        .map(({ alias }) => alias)
        .join(', '),
      ...METRICS.map((key) => values.get(key) ?? ''),
      runId === null ? '' : shortId(runId),
      timeText(creationTime),
    ];
  });
  return textTable(
    [right('version'), left('aliases'), ...METRICS.map(right), left('run'), left('registered (UTC)')],
    rows,
  );
}
