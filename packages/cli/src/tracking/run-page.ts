import type { Run } from '@scorecast/track';
import type { RunFile } from '@scorecast/track/client';
import { keyValueLines } from '../terminal/key-value-lines.js';
import { metricText } from '../terminal/metric-text.js';
import { sizeText } from '../terminal/size-text.js';
import { durationText, timeText } from '../terminal/time-text.js';

/** All that a run recorded, as text. */
export function runPage({ info, data, inputs }: Run, experiment: string, files: readonly RunFile[]): string {
  const { runId, runName, status, startTime, endTime, userId, lifecycleStage, artifactUri } = info;
  const took = startTime === null || endTime === null ? '' : `, took ${durationText(endTime - startTime)}`;
  const facts: readonly (readonly [string, string])[] = [
    ['name', runName ?? ''],
    ['experiment', experiment],
    ['status', lifecycleStage === 'deleted' ? `${status}, deleted` : status],
    ['started', `${timeText(startTime)} UTC${took}${userId === null || userId === '' ? '' : `, by ${userId}`}`],
    ['files at', artifactUri ?? ''],
  ];
  const metrics = data.metrics.map(({ key, value, step }): [string, string] => [
    key,
    `${metricText(value)}${step === 0 ? '' : `  (step ${step})`}`,
  ]);
  const datasets = inputs.datasetInputs.map(({ dataset, tags }): [string, string] => {
    const context = tags.find(({ key }) => key === 'mlflow.data.context')?.value;
    return [dataset.name, `digest ${dataset.digest}${context === undefined ? '' : `, for ${context}`}`];
  });
  return [
    ...keyValueLines(`run ${runId}`, facts),
    ...keyValueLines('params', sorted(data.params.map(({ key, value }) => [key, value]))),
    ...keyValueLines('metrics', sorted(metrics)),
    ...keyValueLines('data', datasets),
    ...keyValueLines('tags', sorted(data.tags.map(({ key, value }) => [key, value]))),
    ...keyValueLines(
      'files',
      files.map(({ path, sizeBytes }) => [path, sizeBytes === null ? '' : sizeText(sizeBytes)]),
    ),
  ].join('\n');
}

function sorted(pairs: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  return [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
}
