import { createRun } from '../../store/create-run.js';
import { deleteRunTag, setRunTag } from '../../store/run-tags.js';
import { deleteRun, getRun, restoreRun, updateRun } from '../../store/runs.js';
import { searchRuns } from '../../store/search-runs.js';
import { route, type ApiRoute } from '../api-route.js';
import { runId, runStatus, searchFields, tags, viewType } from '../request/entities.js';
import { id, ids, required, text, whole } from '../request/fields.js';
import { wireRun, wireRunInfo } from '../wire/run.js';

/** Runs and their tags. */
export const runRoutes: readonly ApiRoute[] = [
  route('POST', 'runs/create', 'editor', async ({ store, fields }) => {
    const run = await createRun(store, {
      experimentId: id(fields, 'experiment_id'),
      userId: text(fields, 'user_id'),
      runName: text(fields, 'run_name'),
      startTime: whole(fields, 'start_time'),
      tags: tags(fields, 'tags'),
    });
    return { run: wireRun(run) };
  }),
  route('GET', 'runs/get', 'viewer', async ({ store, fields }) => ({
    run: wireRun(await getRun(store, runId(fields))),
  })),
  route('POST', 'runs/update', 'editor', async ({ store, fields }) => {
    const info = await updateRun(store, {
      runId: runId(fields),
      status: runStatus(fields, 'status'),
      endTime: whole(fields, 'end_time'),
      runName: text(fields, 'run_name'),
    });
    return { run_info: wireRunInfo(info) };
  }),
  route('POST', 'runs/delete', 'editor', async ({ store, fields }) => {
    await deleteRun(store, runId(fields));
    return {};
  }),
  route('POST', 'runs/restore', 'editor', async ({ store, fields }) => {
    await restoreRun(store, runId(fields));
    return {};
  }),
  route('POST', 'runs/set-tag', 'editor', async ({ store, fields }) => {
    const run = runId(fields);
    const key = required(text, fields, 'key');
    await setRunTag(store, { runId: run, key, value: text(fields, 'value') ?? '' });
    return {};
  }),
  route('POST', 'runs/delete-tag', 'editor', async ({ store, fields }) => {
    const run = runId(fields);
    await deleteRunTag(store, { runId: run, key: required(text, fields, 'key') });
    return {};
  }),
  route('POST', 'runs/search', 'viewer', async ({ store, fields }) => {
    const page = await searchRuns(store, {
      experimentIds: ids(fields, 'experiment_ids') ?? [],
      viewType: viewType(fields, 'run_view_type'),
      ...searchFields(fields),
    });
    return { runs: page.items.map(wireRun), next_page_token: page.nextPageToken };
  }),
];
