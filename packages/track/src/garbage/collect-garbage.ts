import { artifactsAt } from '../artifacts/artifacts-at.js';
import type { ArtifactStore } from '../artifacts/artifact-store.js';
import { among } from '../database/among.js';
import type { Queries } from '../database/database.js';
import type { Store } from '../store/store.js';
import { BATCH, deletedExperiments, deletedModels, deletedRuns, type Candidate } from './candidates.js';
import type { Collection } from './collection.js';
import { collectLeftovers } from './collect-leftovers.js';
import { collectOrphans } from './collect-orphans.js';
import { GarbageTally, type GarbageItem, type GarbageReport } from './garbage-report.js';
import { liveVersions, type LiveVersions } from './live-versions.js';
import { addMarks } from './purge-marks.js';
import { purgeExperiment, purgeModels, purgeRuns } from './purge-rows.js';
import { placeProblem, removeFiles } from './remove-files.js';
import { tracesOf } from './traces-of.js';

/** How garbage is collected. */
export interface GarbageOptions {
  /** Whether it is only told what would go; default true. */
  readonly dryRun?: boolean;
  /** What was deleted later than so many milliseconds ago stays; default 0. */
  readonly olderThanMs?: number;
  /** Orphans and leftovers younger than this stay, since they may be under way; default one day. */
  readonly leftoverAgeMs?: number;
  /** Finds the files of a run or model; default: those beneath the root of `artifacts`, others stay. */
  readonly artifactsAt?: (uri: string) => ArtifactStore;
  /** Stops between two steps; what was begun is taken up by the next collection. */
  readonly signal?: AbortSignal;
  /** Told of everything that goes or would go. */
  readonly onItem?: (item: GarbageItem) => void;
}

const DAY_MS = 86_400_000;

/**
 * Removes for good what was deleted: runs, logged models and experiments, with their files; then files of runs and models that
 * are no more, and what interrupted writes left.
 *
 * Whatever a version of a registered model was made from stays, and so do files that are outside of `artifacts`, that are
 * where no run or model of their own is kept, or that this store did not write. Rows are marked first, so that nothing half
 * removed is restored; then files go, then rows. A collection that was interrupted is continued by the next.
 */
export async function collectGarbage(
  store: Store,
  artifacts: ArtifactStore,
  options: GarbageOptions = {},
): Promise<GarbageReport> {
  const { dryRun = true, olderThanMs = 0, leftoverAgeMs = DAY_MS, signal, onItem = () => undefined } = options;
  const collection: Collection = {
    store,
    artifacts,
    artifactsAt: options.artifactsAt ?? artifactsAt({ own: artifacts }),
    dryRun,
    tally: new GarbageTally(onItem),
    signal,
    cutoff: store.now() - olderThanMs,
    leftoverCutoff: store.now() - Math.max(olderThanMs, leftoverAgeMs),
  };
  /** Experiments of which something stays. */
  const inUse = new Set<string>();
  await collectDeleted(collection, runs, inUse);
  await collectDeleted(collection, models, inUse);
  await collectExperiments(collection, inUse);
  await collectOrphans(collection, await store.db.read(liveVersions));
  await collectLeftovers(collection);
  return collection.tally.report(dryRun);
}

/** A kind of thing that has files, and how it is found and removed. */
interface Deletable {
  readonly kind: 'run' | 'logged-model';
  readonly find: (queries: Queries, cutoff: number, after: string) => Promise<readonly Candidate[]>;
  readonly purge: typeof purgeRuns;
  /** Which of them versions of registered models need, and for what. */
  readonly neededBy: (versions: LiveVersions) => ReadonlyMap<string, string>;
}

const runs: Deletable = { kind: 'run', find: deletedRuns, purge: purgeRuns, neededBy: (versions) => versions.runs };
const models: Deletable = {
  kind: 'logged-model',
  find: deletedModels,
  purge: purgeModels,
  neededBy: (versions) => versions.models,
};

async function collectDeleted(
  collection: Collection,
  { kind, find, purge, neededBy }: Deletable,
  inUse: Set<string>,
): Promise<void> {
  const { store, tally, dryRun, cutoff } = collection;
  const { db } = store;
  for (let after = '', isLast = false; !isLast;) {
    // The versions are looked at anew for every batch: a collection may take hours.
    const [found, needed] = await db.read(async (queries) => [
      await find(queries, cutoff, after),
      neededBy(await liveVersions(queries)),
    ]);
    isLast = found.length < BATCH;
    after = found.at(-1)?.id ?? after;
    const free = found.filter((candidate) => {
      const reason = needed.get(candidate.id) ?? placeProblem(collection, candidate);
      if (reason === undefined) return true;
      tally.keep({ kind, id: candidate.id, reason });
      inUse.add(candidate.experimentId);
      return false;
    });
    const marked = dryRun ? free : await mark(collection, kind, free);
    for (const { id, name, artifactUri } of marked) {
      collection.signal?.throwIfAborted();
      tally.add({ kind, id, name, ...(await removeFiles(collection, artifactUri)) });
    }
    const gone = marked.map(({ id }) => id);
    if (!dryRun && gone.length > 0) await db.write((queries) => purge(queries, db.dialect, gone));
  }
}

/** Marks what is still deleted, and locks those rows until the mark is there: a restoration comes before or sees it. */
async function mark(
  { store: { db, now } }: Collection,
  kind: 'run' | 'logged-model',
  candidates: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const ids = candidates.map((candidate) => candidate.id);
  if (ids.length === 0) return [];
  return db.write(async (queries) => {
    const rows =
      kind === 'run'
        ? await queries
            .updateTable('runs')
            .set({ lifecycle_stage: 'deleted' })
            .where(among(db.dialect, 'run_uuid', ids))
            .where('lifecycle_stage', '=', 'deleted')
            .returning('run_uuid as id')
            .execute()
        : await queries
            .updateTable('logged_models')
            .set({ lifecycle_stage: 'deleted' })
            .where(among(db.dialect, 'model_id', ids))
            .where((e) => {
              const deleted = e
                .selectFrom('experiments')
                .select('experiment_id')
                .where('lifecycle_stage', '=', 'deleted');
              return e.or([e('lifecycle_stage', '=', 'deleted'), e('experiment_id', 'in', deleted)]);
            })
            .returning('model_id as id')
            .execute();
    const locked = new Set(rows.map(({ id }) => id));
    const marked = candidates.filter(({ id }) => locked.has(id));
    await addMarks(queries, kind, marked, now());
    return marked;
  });
}

async function collectExperiments(collection: Collection, inUse: ReadonlySet<string>): Promise<void> {
  const { store, tally, dryRun, cutoff } = collection;
  const { db } = store;
  const found = await db.read((queries) => deletedExperiments(queries, cutoff));
  for (const candidate of found) {
    const { id, name } = candidate;
    collection.signal?.throwIfAborted();
    if (inUse.has(id)) {
      tally.keep({ kind: 'experiment', id, reason: 'a run or model of it stays' });
      continue;
    }
    if (!dryRun && !(await markExperiment(collection, candidate))) continue;
    let [files, bytes] = [0, 0];
    for (const trace of await tracesOf(store, id)) {
      if (placeProblem(collection, trace) !== undefined) continue;
      const removed = await removeFiles(collection, trace.artifactUri);
      [files, bytes] = [files + removed.files, bytes + removed.bytes];
    }
    if (!dryRun) await db.write((queries) => purgeExperiment(queries, db.dialect, id));
    tally.add({ kind: 'experiment', id, name, files, bytes });
  }
}

async function markExperiment({ store: { db, now } }: Collection, candidate: Candidate): Promise<boolean> {
  return db.write(async (queries) => {
    const { numUpdatedRows } = await queries
      .updateTable('experiments')
      .set({ lifecycle_stage: 'deleted' })
      .where('experiment_id', '=', Number(candidate.id))
      .where('lifecycle_stage', '=', 'deleted')
      .executeTakeFirst();
    if (numUpdatedRows > 0n) await addMarks(queries, 'experiment', [candidate], now());
    return numUpdatedRows > 0n;
  });
}
