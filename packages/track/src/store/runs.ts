import { refusePurged } from '../garbage/purge-marks.js';
import { type Run, type RunInfo, type RunStatus } from './run.js';
import { runsOf } from './run-parts.js';
import { activeRun, noRun, runInfo, runRow } from './run-rows.js';
import { writeTags, RUN_NAME_TAG } from './run-tags.js';
import { type Store } from './store.js';

/** A run with all that it recorded, deleted or not. */
export async function getRun(store: Store, runId: string): Promise<Run> {
  return store.db.read(async (queries) => {
    const [run] = await runsOf(queries, store.db.dialect, [await runRow(queries, runId)]);
    return run;
  });
}

/** What may change in a run; what is left out stays. */
export interface UpdateRunRequest {
  readonly runId: string;
  readonly status?: RunStatus | undefined;
  /** Unix milliseconds. */
  readonly endTime?: number | undefined;
  readonly runName?: string | undefined;
}

/** Changes the status, end or name of a run. */
export async function updateRun(store: Store, request: UpdateRunRequest): Promise<RunInfo> {
  const { runId, status, endTime, runName } = request;
  return store.db.write(async (queries) => {
    await activeRun(queries, runId);
    if (status !== undefined || endTime !== undefined) {
      await queries.updateTable('runs').set({ status, end_time: endTime }).where('run_uuid', '=', runId).execute();
    }
    if (runName !== undefined && runName !== '') {
      await writeTags(queries, store.db.dialect, runId, [{ key: RUN_NAME_TAG, value: runName }]);
    }
    return runInfo(await runRow(queries, runId));
  });
}

/** Deletes a run; it is kept, and can be restored, until garbage collection. Deleting twice is fine. */
export async function deleteRun(store: Store, runId: string): Promise<void> {
  await moveRun(store, runId, { lifecycle_stage: 'deleted', deleted_time: store.now() });
}

/** Takes the deletion of a run back. @throws INVALID_STATE when garbage collection has begun to remove it. */
export async function restoreRun(store: Store, runId: string): Promise<void> {
  await moveRun(store, runId, { lifecycle_stage: 'active', deleted_time: null });
}

async function moveRun(
  store: Store,
  runId: string,
  to: { readonly lifecycle_stage: string; readonly deleted_time: number | null },
): Promise<void> {
  await store.db.write(async (queries) => {
    const { numUpdatedRows } = await queries
      .updateTable('runs')
      .set(to)
      .where('run_uuid', '=', runId)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw noRun(runId);
    if (to.lifecycle_stage === 'active') await refusePurged(queries, 'run', runId);
  });
}
