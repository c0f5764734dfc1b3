import { type Experiment } from '../../store/experiment.js';

/** An experiment in wire format. */
export function wireExperiment(experiment: Experiment): object {
  return {
    experiment_id: experiment.experimentId,
    name: experiment.name,
    artifact_location: experiment.artifactLocation,
    lifecycle_stage: experiment.lifecycleStage,
    last_update_time: experiment.lastUpdateTime ?? undefined,
    creation_time: experiment.creationTime ?? undefined,
    tags: experiment.tags,
  };
}
