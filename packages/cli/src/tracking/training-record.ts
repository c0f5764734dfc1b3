import { execFile } from 'node:child_process';
import { cpus, release } from 'node:os';
import { promisify } from 'node:util';
import { encodeBundle, type PartScores, type Schema } from '@scorecast/core';
import type { RecordedDataset, RecordedMetric, RecordHead, TrainingRecord } from '@scorecast/track';
import type { Trained, TrainingJob } from '../training/run-training.js';
import type { Surroundings } from '../surroundings.js';
import { VERSION } from '../version.js';

/** The folder of a run's files that becomes a version in the registry. */
export const MODEL_FOLDER = 'model';
/** The bundle, in a run's files. */
export const BUNDLE_FILE = `${MODEL_FOLDER}/bundle.json`;
/** What is needed to train the same bundle again, in a run's files. */
export const JOB_FILE = 'job.json';

/** What a finished training tells: params, scores of every fold and part, data, files, and the model that is registered. */
export async function trainingRecord(
  head: RecordHead,
  trained: Trained,
  endTime: number,
  surroundings: Pick<Surroundings, 'directory'>,
): Promise<TrainingRecord> {
  const { job, bundle, result } = trained;
  const { provenance } = bundle;
  // What was expected of the winner is no choice, so no param: it is in the bundle.
  const { expected: _expected, ...search } = { expected: undefined, ...provenance.search };
  return {
    ...head,
    status: 'FINISHED',
    endTime,
    params: pairs({
      ...provenance.params,
      estimator: provenance.estimator,
      ...prefixed('preprocessing', provenance.preprocessing),
      ...prefixed('search', search),
      seed: provenance.seed,
      test_size: provenance.testSize,
      folds: provenance.folds,
    }),
    tags: [
      ...pairs({
        'mlflow.runName': `${provenance.estimator} ${bundle.version}`,
        'mlflow.note.content': result.selection.reason,
        'scorecast.bundle_version': bundle.version,
        'scorecast.data_sha256': provenance.dataSha256,
      }),
      ...(await originTags(job, surroundings)),
    ],
    metrics: metricsOf(trained, endTime),
    datasets: [datasetOf(trained)],
    artifacts: [
      { path: BUNDLE_FILE, text: await encodeBundle(bundle) },
      { path: 'leaderboard.json', text: `${JSON.stringify(result.leaderboard, null, 1)}\n` },
      { path: JOB_FILE, text: jobText(job, provenance.dataSha256) },
      { path: 'environment.json', text: `${JSON.stringify(environment(), null, 1)}\n` },
    ],
    model: {
      name: bundle.name,
      folder: MODEL_FOLDER,
      description: result.selection.reason,
      tags: pairs({ 'scorecast.bundle_version': bundle.version }),
    },
  };
}

/** How a training ended that did not finish. */
export interface UnfinishedEnd {
  readonly isCancelled: boolean;
  readonly reason: string;
  /** Unix milliseconds. */
  readonly endTime: number;
}

/** What a training that did not finish tells. */
export async function unfinishedRecord(
  head: RecordHead,
  job: TrainingJob,
  end: UnfinishedEnd,
  surroundings: Pick<Surroundings, 'directory'>,
): Promise<TrainingRecord> {
  return {
    ...head,
    status: end.isCancelled ? 'KILLED' : 'FAILED',
    endTime: end.endTime,
    params: [],
    tags: [...pairs({ 'mlflow.note.content': end.reason }), ...(await originTags(job, surroundings))],
    metrics: [],
    datasets: [],
    artifacts: [],
  };
}

/** The job as text, without where it was written and by how many threads. */
function jobText(job: TrainingJob, dataSha256: string): string {
  const { out: _out, workers: _workers, trackingUri: _uri, artifactRoot: _root, ...settings } = job;
  return `${JSON.stringify({ scorecast: VERSION, dataSha256, ...settings }, null, 1)}\n`;
}

async function originTags(
  job: TrainingJob,
  { directory }: Pick<Surroundings, 'directory'>,
): Promise<TrainingRecord['tags']> {
  const commit = await promisify(execFile)('git', ['rev-parse', 'HEAD'], { cwd: directory, timeout: 2000 }).then(
    ({ stdout }) => stdout.trim(),
    // No repository, or no git: then the code has no version that could be told.
    () => undefined,
  );
  return pairs({
    'mlflow.source.name': 'scorecast train',
    'mlflow.source.type': 'LOCAL',
    'mlflow.source.git.commit': commit,
    'scorecast.version': VERSION,
    'scorecast.data': job.data,
  });
}

function metricsOf({ bundle, result }: Trained, timestamp: number): readonly RecordedMetric[] {
  const { train, cv, cvSd, test, trainRows, testRows } = bundle.metrics;
  const single = (entries: Readonly<Record<string, number>>) =>
    Object.entries(entries).map(([key, value]) => ({ key, value, step: 0, timestamp }));
  const folds = result.selection.winner.folds.flatMap(({ test: scores }, step) =>
    Object.entries(scores).map(([name, value]) => ({ key: `fold_${name}`, value, step, timestamp })),
  );
  return [
    ...single(parts('train', train)),
    ...single(parts('cv', cv)),
    ...single(parts('cv_sd', cvSd)),
    ...single(parts('test', test)),
    ...single({
      interval_level: bundle.interval.level,
      interval_radius: bundle.interval.radius,
      interval_coverage: bundle.interval.testCoverage,
      leakage_warnings: result.leakage.length,
      train_rows: trainRows,
      test_rows: testRows,
      candidates: result.leaderboard.scored.length,
    }),
    ...folds,
  ];
}

function parts(part: string, scores: PartScores): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(scores).map(([name, value]) => [`${part}_${name}`, value]));
}

/** MLflow's digests have at most 36 characters. */
const DIGEST_LENGTH = 32;

function datasetOf({ job, dataset, bundle }: Trained): RecordedDataset {
  return {
    name: bundle.schema.name,
    digest: dataset.sha256.slice(0, DIGEST_LENGTH),
    sourceType: 'local',
    source: JSON.stringify({ uri: job.data }),
    schema: JSON.stringify({ mlflow_colspec: columnsOf(bundle.schema) }),
    profile: JSON.stringify({ num_rows: dataset.target.length }),
    context: 'training',
  };
}

function columnsOf({ features, target }: Schema): readonly object[] {
  const columns = features.map(({ name, kind }) => ({ name, type: kind === 'numeric' ? 'double' : 'string' }));
  return [...columns, { name: target.name, type: 'double' }];
}

function environment(): object {
  const { platform, arch, version } = process;
  return { scorecast: VERSION, node: version, platform, arch, release: release(), processors: cpus().length };
}

function prefixed(prefix: string, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${prefix}.${name}`, value]));
}

/** Keys and values as texts; what is undefined is left out. */
function pairs(values: Readonly<Record<string, unknown>>): readonly { readonly key: string; readonly value: string }[] {
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : [{ key, value: typeof value === 'string' ? value : JSON.stringify(value) }],
  );
}
