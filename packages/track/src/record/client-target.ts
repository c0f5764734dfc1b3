import { openArtifactStore } from '../artifacts/open-artifact-store.js';
import type { ActiveRun, TrackingClient } from '../client/tracking-client.js';
import type { Tag } from '../store/tag.js';
import type { RecordingTarget, TargetRun } from './recording-target.js';
import { RECORD_TAG } from './training-record.js';

/**
 * Records on a tracking server: Scorecast's, MLflow's or Databricks'.
 *
 * @param uri The server as users know it.
 */
export function clientTarget({ experiments, runs, models }: TrackingClient, uri: string): RecordingTarget {
  const opened = new Map<string, Promise<ActiveRun>>();
  const open = (runId: string): Promise<ActiveRun> => {
    const run = opened.get(runId) ?? runs.resume(runId);
    opened.set(runId, run);
    // A run that could not be opened is asked for again the next time.
    run.catch(() => opened.delete(runId));
    return run;
  };
  return {
    uri,
    async findRun({ id, experiment }) {
      if ((await experiments.find(experiment)) === undefined) return undefined;
      for await (const { info } of runs.search({
        experiments: [experiment],
        filter: `tags.\`${RECORD_TAG}\` = '${id}'`,
        pageSize: 1,
      })) {
        return targetRun(info);
      }
      return undefined;
    },
    async startRun({ id, experiment, runName, user, startTime }) {
      const run = await runs.start({ experiment, name: runName, user, startTime, tags: { [RECORD_TAG]: id } });
      opened.set(run.info.runId, Promise.resolve(run));
      return targetRun(run.info);
    },
    async log(runId, { params = [], tags = [], metrics = [] }) {
      const run = await open(runId);
      await run.logParams(valuesOf(params));
      await run.setTags(valuesOf(tags));
      await run.logHistory(metrics);
    },
    async logDataset(runId, { context, ...dataset }) {
      await (await open(runId)).logDataset(dataset, context);
    },
    async writeArtifact({ runId, artifactUri }, path, text) {
      if (artifactUri.startsWith('mlflow-artifacts:')) return (await open(runId)).logArtifact(path, text);
      // Such a server leaves the files to its clients.
      await openArtifactStore(artifactUri).write(path, pieces(text));
    },
    async register({ runId, artifactUri }, { name, folder, description, tags }) {
      const filter = `name = '${name.replaceAll("'", "\\'")}' AND run_id = '${runId}'`;
      for await (const version of models.searchVersions({ filter })) return version;
      await models.ensure(name);
      const source = `${artifactUri}/${folder}`;
      return models.createVersion(name, { source, runId, description, tags: valuesOf(tags) });
    },
    async endRun(runId, { status, endTime }) {
      await (await open(runId)).end(status, endTime);
    },
    close: async () => undefined,
  };
}

function targetRun(info: { readonly runId: string; readonly artifactUri: string | null }): TargetRun {
  return { runId: info.runId, artifactUri: info.artifactUri ?? '' };
}

function valuesOf(pairs: readonly Tag[]): Readonly<Record<string, string>> {
  return Object.fromEntries(pairs.map(({ key, value }) => [key, value]));
}

async function* pieces(text: string): AsyncGenerator<string, void, undefined> {
  yield text;
}
