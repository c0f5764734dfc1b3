import type { ArtifactEntry } from '../artifacts/artifact-store.js';
import { among } from '../database/among.js';
import type { Collection } from './collection.js';
import type { LiveVersions } from './live-versions.js';

/** How many folders are looked up at once. */
const LOOKED_UP = 500;

/** A folder that a run or model would have. */
interface OwnedFolder {
  readonly path: string;
  readonly kind: 'run' | 'logged-model';
  readonly id: string;
}

/**
 * Files of runs and models that are not in the database: those that this store wrote, which its ledger tells. Another program,
 * or another database, may keep its own beneath the same root.
 */
export async function collectOrphans(collection: Collection, needed: LiveVersions): Promise<void> {
  let batch: OwnedFolder[] = [];
  for await (const folder of ownedFolders(collection)) {
    batch.push(folder);
    if (batch.length < LOOKED_UP) continue;
    await collectUnknown(collection, batch, needed);
    batch = [];
  }
  await collectUnknown(collection, batch, needed);
}

async function* ownedFolders({ artifacts, signal }: Collection): AsyncIterable<OwnedFolder> {
  const folders = async (path?: string) => (await artifacts.list(path)).filter((entry) => entry.isDirectory);
  for (const experiment of await folders()) {
    if (!/^\d+$/.test(experiment.path)) continue;
    for (const { path } of await folders(experiment.path)) {
      signal?.throwIfAborted();
      const id = lastName(path);
      if (/^[0-9a-f]{32}$/.test(id)) yield { path, kind: 'run', id };
      if (id === 'models') yield* modelFolders(await folders(path));
    }
  }
}

function* modelFolders(folders: readonly ArtifactEntry[]): Iterable<OwnedFolder> {
  for (const { path } of folders) {
    const id = lastName(path);
    if (/^m-[0-9a-f]{32}$/.test(id)) yield { path, kind: 'logged-model', id };
  }
}

async function collectUnknown(
  collection: Collection,
  folders: readonly OwnedFolder[],
  needed: LiveVersions,
): Promise<void> {
  const known = await knownIds(collection, folders);
  for (const folder of folders) {
    if (known.has(folder.id)) continue;
    const reason = needed.runs.get(folder.id) ?? needed.models.get(folder.id);
    if (reason === undefined) await collectFolder(collection, folder);
    else collection.tally.keep({ kind: 'orphan', id: folder.path, reason });
  }
}

async function knownIds({ store: { db } }: Collection, folders: readonly OwnedFolder[]): Promise<ReadonlySet<string>> {
  const idsOf = (kind: OwnedFolder['kind']) => folders.filter((folder) => folder.kind === kind).map(({ id }) => id);
  return db.read(async (queries) => {
    const runs = await queries
      .selectFrom('runs')
      .select('run_uuid as id')
      .where(among(db.dialect, 'run_uuid', idsOf('run')))
      .execute();
    const models = await queries
      .selectFrom('logged_models')
      .select('model_id as id')
      .where(among(db.dialect, 'model_id', idsOf('logged-model')))
      .execute();
    return new Set([...runs, ...models].map(({ id }) => id));
  });
}

/** Removes the files of a folder that this store wrote, when none of its files is young. */
async function collectFolder(
  { artifacts, dryRun, tally, leftoverCutoff, signal }: Collection,
  { path }: OwnedFolder,
): Promise<void> {
  const ours: ArtifactEntry[] = [];
  let foreign = 0;
  for await (const file of artifacts.walk(path)) {
    signal?.throwIfAborted();
    if (file.modifiedAt > leftoverCutoff) return;
    if ((await artifacts.find(file.path))?.sha256 === undefined) foreign += 1;
    else ours.push(file);
  }
  if (foreign > 0) {
    const reason = `${foreign} file(s) in it were not written by this store; no run or model of this database has them`;
    tally.keep({ kind: 'orphan', id: path, reason });
  }
  if (ours.length === 0) return;
  if (!dryRun) for (const file of ours) await artifacts.remove(file.path);
  const bytes = ours.reduce((sum, file) => sum + file.sizeBytes, 0);
  tally.add({ kind: 'orphan', id: path, name: null, files: ours.length, bytes });
}

function lastName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
