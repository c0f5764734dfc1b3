import { checkLength, invalid } from './checks.js';
import { insertRun } from './insert-run.js';
import { randomName } from './run-name.js';
import { type Run, type RunInfo } from './run.js';
import { checkedTag, RUN_NAME_TAG } from './run-tags.js';
import { type Store } from './store.js';
import { lastOfEachKey, type Tag } from './tag.js';

const MAX_NAME_LENGTH = 250;

/** What a new run is made of. */
export interface CreateRunRequest {
  /** Default `0`, the experiment "Default". */
  readonly experimentId?: string | undefined;
  readonly userId?: string | undefined;
  /** Default: the tag `mlflow.runName`, or a random name. */
  readonly runName?: string | undefined;
  /** Unix milliseconds; default 0, as in MLflow. */
  readonly startTime?: number | undefined;
  readonly tags?: readonly Tag[] | undefined;
}

/**
 * Creates a run in an experiment; it is RUNNING until somebody says otherwise.
 *
 * @throws RESOURCE_DOES_NOT_EXIST without the experiment; INVALID_PARAMETER_VALUE when that is deleted.
 */
export async function createRun(store: Store, request: CreateRunRequest): Promise<Run> {
  const { experimentId = '0', userId = '', startTime = 0 } = request;
  const { runName, tags } = namedTags(request);
  const runId = store.newId();
  const { experimentNumber, artifactUri } = await insertRun(store.db, {
    runId,
    runName,
    userId,
    startTime,
    tags,
    experimentId: experimentId === '' ? '0' : experimentId,
  });
  const info: RunInfo = {
    runId,
    runName,
    experimentId: String(experimentNumber),
    userId,
    status: 'RUNNING',
    startTime,
    endTime: null,
    artifactUri,
    lifecycleStage: 'active',
  };
  return {
    info,
    data: { metrics: [], params: [], tags },
    inputs: { datasetInputs: [], modelInputs: [] },
    outputs: { modelOutputs: [] },
  };
}

/** The run's name, which is also one of its tags: where both are given they must agree. */
function namedTags({ runName = '', tags = [] }: CreateRunRequest): { runName: string; tags: readonly Tag[] } {
  const checked = lastOfEachKey(tags.map((tag, index) => checkedTag(tag, `tags[${index}]`)));
  const tagged = checked.find(({ key }) => key === RUN_NAME_TAG)?.value ?? '';
  if (runName !== '' && tagged !== '' && runName !== tagged) {
    throw invalid(
      "Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values " +
        `(run_name='${runName}', mlflow.runName='${tagged}').`,
    );
  }
  const name = runName || tagged || randomName();
  checkLength('run_name', name, MAX_NAME_LENGTH);
  return { runName: name, tags: lastOfEachKey([...checked, { key: RUN_NAME_TAG, value: name }]) };
}
