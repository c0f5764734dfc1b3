import path from 'node:path';
import { mkdir } from 'node:fs/promises';
import { encodeBundle, loadBundle, metrics, type Bundle } from '@scorecast/core';
import type { Dataset } from '@scorecast/data';
import type { AutomaticOptions, AutomaticProgress, AutomaticResult, AutomaticStage } from '@scorecast/train';
import type { ParsedConfig } from '../config/parse-config.js';
import type { Surroundings } from '../surroundings.js';
import { shownPath } from '../terminal/shown-path.js';
import { countOf } from '../terminal/count-of.js';
import { startProgress } from '../terminal/progress.js';
import { fileJournal, type FileJournal } from './file-journal.js';
import { searchOptions } from './search-options.js';

/** One training: what to read, how to train and where to write. Absolute paths. */
export interface TrainingJob extends ParsedConfig {
  readonly data: string;
  readonly out: string;
}

/** How one training is run. */
export interface TrainingRun {
  readonly resume?: boolean;
  /** Told when the data has been read and fitting begins. */
  onStart?(this: void): void;
  onProgress?(this: void, progress: AutomaticProgress): void;
}

/** What a training made. */
export interface Trained {
  readonly job: TrainingJob;
  readonly dataset: Dataset;
  readonly result: AutomaticResult;
  readonly bundle: Bundle;
  readonly bundlePath: string;
}

/**
 * Reads, trains and writes. Nothing is written before everything has worked, so that a failed training leaves the
 * previous bundle as it was. Only the journal of finished candidates is kept meanwhile, for a training that is interrupted.
 *
 * @param options `resume`: whether to go on from the journal of an interrupted training; `onProgress`: told of every fit.
 */
export async function runTraining(
  job: TrainingJob,
  surroundings: Surroundings,
  { resume = false, onStart, onProgress }: TrainingRun = {},
): Promise<Trained> {
  const dataset = await readData(job, surroundings);
  onStart?.();
  await mkdir(job.out, { recursive: true });
  const journal = fileJournal(path.join(job.out, 'unfinished-training.jsonl'), resume, (records) => {
    if (!resume) return;
    const found =
      records === 0
        ? 'nothing: there is no unfinished training of these rows and settings'
        : countOf(records, 'finished candidate');
    surroundings.terminal.message('info', `going on from ${found}`);
  });
  const result = await search(job, dataset, surroundings, { journal, onProgress });
  const text = await encodeBundle(result.bundle);
  // What was just written must load: better a failed training than a bundle that no server accepts.
  const bundle = await loadBundle(text);
  const { writeFileSafely, writeParts } = await import('@scorecast/data');
  const { seed, testSize } = bundle.provenance;
  const origin = { path: job.data, schema: job.schema, seed, testSize };
  await writeParts(path.join(job.out, 'parts'), dataset, result.split, origin);
  await writeFileSafely(path.join(job.out, 'leaderboard.json'), `${JSON.stringify(result.leaderboard, null, 1)}\n`);
  const bundlePath = path.join(job.out, 'bundle.json');
  await writeFileSafely(bundlePath, text);
  await journal.remove();
  return { job, dataset, result, bundle, bundlePath };
}

async function readData(job: TrainingJob, { terminal, directory, signal }: Surroundings): Promise<Dataset> {
  const { startWorkers } = await import('@scorecast/train');
  startWorkers(job.workers);
  const { readDataset } = await import('@scorecast/data');
  const shown = shownPath(job.data, directory);
  const { onInvalid, separator, decimalComma, missing } = job;
  const dataset = await readDataset(job.data, job.schema, {
    signal,
    ...(onInvalid === undefined ? {} : { onInvalid }),
    ...(separator === undefined ? {} : { separator }),
    ...(decimalComma === undefined ? {} : { decimalComma }),
    ...(missing === undefined ? {} : { missing }),
  });
  const rows = dataset.target.length;
  const dropped = dataset.dropped.rows === 0 ? '' : `, ${countOf(dataset.dropped.rows, 'invalid row')} dropped`;
  terminal.message('info', `read ${countOf(rows, 'row')} of ${shown}${dropped}`, {
    rows,
    dropped: dataset.dropped.rows,
  });
  return dataset;
}

async function search(
  job: TrainingJob,
  dataset: Dataset,
  surroundings: Surroundings,
  { journal, onProgress }: { journal: FileJournal; onProgress: TrainingRun['onProgress'] },
): Promise<AutomaticResult> {
  const { trainAutomatically } = await import('@scorecast/train');
  const { leaderboardTable } = await import('./leaderboard-table.js');
  const { terminal, signal } = surroundings;
  const progress = startProgress(terminal, process.stderr, () => performance.now());
  try {
    return await trainAutomatically({
      ...trainingOptions(job, dataset),
      signal,
      journal,
      onProgress: (state) => {
        progress.update(state.done, state.total, progressWords(state));
        onProgress?.(state);
      },
      onSelection: (leaderboard, selection) => {
        progress.stop();
        terminal.message('info', `\n${leaderboardTable(leaderboard, selection, terminal)}\n\n${selection.reason}`);
      },
    });
  } finally {
    progress.stop();
  }
}

const STAGES: Readonly<Record<AutomaticStage, string>> = {
  search: 'fits',
  ensembles: 'fits for ensembles',
  finalists: 'fits to compare the finalists',
  nested: 'fits for the nested cross-validation',
};

function progressWords({ stage, fold, best, remainingMs }: AutomaticProgress): string {
  const leader =
    best === undefined
      ? ''
      : `, best so far ${best.candidate.estimator} ${metrics[best.metric].label} ${best.score.toFixed(4)}`;
  const part = fold === undefined ? '' : `, fold ${fold.index + 1} of ${fold.of}`;
  return `${STAGES[stage]}${part}, about ${Math.ceil(remainingMs / 1000)} s left${leader}`;
}

function trainingOptions(job: TrainingJob, dataset: Dataset): AutomaticOptions {
  const { schema, floor, seed, testSize, folds, foldRepeats, intervalLevel, workers, preprocessing, grid } = job;
  const { preset, estimators, time, repeats, nested } = job;
  return {
    schema,
    features: dataset.features,
    target: dataset.target,
    dataSha256: dataset.sha256,
    dataRows: dataset.fileRows,
    ...searchOptions(job, dataset),
    ...(seed === undefined ? {} : { seed }),
    ...(testSize === undefined ? {} : { testSize }),
    ...(folds === undefined ? {} : { folds }),
    ...(foldRepeats === undefined ? {} : { foldRepeats }),
    ...(floor === undefined ? {} : { floor }),
    ...(intervalLevel === undefined ? {} : { intervalLevel }),
    ...(workers === undefined ? {} : { workers }),
    ...(preprocessing === undefined ? {} : { preprocessing }),
    ...(grid === undefined ? {} : { grid }),
    ...(preset === undefined ? {} : { preset }),
    ...(estimators === undefined ? {} : { estimators }),
    ...(time === undefined ? {} : { timeBudgetMs: time * 1000 }),
    ...(repeats === undefined ? {} : { repeats }),
    ...(nested === undefined ? {} : { nested }),
  };
}
