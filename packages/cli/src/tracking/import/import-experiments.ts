import type { Experiment, Run } from '@scorecast/track';
import { cliError } from '../../cli-error.js';
import { countOf } from '../../terminal/count-of.js';
import { firstOf } from '../first-of.js';
import { copyRun, DONE_TAG } from './copy-run.js';
import { ORIGIN_TAG, originOf, tagsOf, type ImportPlace } from './import-place.js';

/** An experiment and its copy, by their ids. */
export interface ImportedExperiment {
  readonly name: string;
  readonly sourceId: string;
  readonly targetId: string;
}

/** What became of the runs. */
export interface ImportedRuns {
  readonly copied: number;
  readonly present: number;
  readonly experiments: readonly ImportedExperiment[];
  /** By the id of the original: the copy. */
  readonly targets: ReadonlyMap<string, Run>;
  /** The originals that were copied now. */
  readonly originals: readonly Run[];
}

/**
 * Copies experiments with their runs, deleted ones too, oldest run first. Deleted experiments are named, and left out.
 *
 * @param names Of which experiments; all of them where it is undefined.
 * @throws CLI_UNKNOWN_NAME
 */
export async function importExperiments(
  place: ImportPlace,
  names: readonly string[] | undefined,
): Promise<ImportedRuns> {
  const { source, terminal } = place;
  const all = await firstOf(source.client.experiments.search());
  const known = all.map(({ name }) => name);
  const unknown = names?.find((name) => !known.includes(name));
  if (unknown !== undefined) throw cliError('CLI_UNKNOWN_NAME', { what: 'experiment', name: unknown, known });
  await nameDeleted(place, names);
  const targets = new Map<string, Run>();
  const originals: Run[] = [];
  const experiments: ImportedExperiment[] = [];
  let [copied, present] = [0, 0];
  for (const experiment of all.filter(({ name }) => names?.includes(name) ?? true)) {
    const { targetId, ...counts } = await importRuns(place, experiment, targets, originals);
    experiments.push({ name: experiment.name, sourceId: experiment.experimentId, targetId });
    copied += counts.copied;
    present += counts.present;
    const already = counts.present === 0 ? '' : `, ${counts.present} there already`;
    terminal.message('info', `${experiment.name}: ${countOf(counts.copied, 'run')} copied${already}`, {
      experiment: experiment.name,
      ...counts,
    });
  }
  return { copied, present, experiments, targets, originals };
}

/** Experiments that are deleted here and there cannot be told apart by their names. */
async function nameDeleted({ source, terminal }: ImportPlace, names: readonly string[] | undefined): Promise<void> {
  for (const { name } of await firstOf(source.client.experiments.search({ view: 'DELETED_ONLY' }))) {
    if (names?.includes(name) === false) continue;
    terminal.message('warn', `the experiment ${name} is deleted there and left out (restore it there to copy it)`);
  }
}

async function importRuns(place: ImportPlace, { name, tags }: Experiment, targets: Map<string, Run>, originals: Run[]) {
  const { source, target } = place;
  const targetId = await target.client.experiments.ensure(name);
  for (const { key, value } of tags) await target.client.experiments.setTag(targetId, key, value);
  const copies = await copiesIn(place, name);
  const counts = { copied: 0, present: 0 };
  const all = { experiments: [name], view: 'ALL' as const, orderBy: ['attributes.start_time ASC'] };
  for await (const run of source.client.runs.search(all)) {
    const copy = copies.get(originOf(place, run.info.runId));
    const isDone = copy !== undefined && tagsOf(copy.data.tags)[DONE_TAG] !== undefined;
    targets.set(run.info.runId, isDone ? copy : await copyRun(place, name, run, copy));
    if (!isDone) originals.push(run);
    counts[isDone ? 'present' : 'copied'] += 1;
  }
  return { targetId, ...counts };
}

/** The copies that an experiment has, by what they were copied from. */
async function copiesIn({ target }: ImportPlace, experiment: string): Promise<ReadonlyMap<string, Run>> {
  const copies = new Map<string, Run>();
  const filter = `tags.\`${ORIGIN_TAG}\` LIKE '%'`;
  for await (const run of target.client.runs.search({ experiments: [experiment], filter, view: 'ALL' })) {
    copies.set(tagsOf(run.data.tags)[ORIGIN_TAG], run);
  }
  return copies;
}
