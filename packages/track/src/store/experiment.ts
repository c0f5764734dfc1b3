import { type LifecycleStage } from './lifecycle.js';
import { type Tag } from './tag.js';

/** A group of runs with one name. Times are Unix milliseconds. */
export interface Experiment {
  readonly experimentId: string;
  readonly name: string;
  /** URI of the folder that the runs' artifact folders are in. */
  readonly artifactLocation: string;
  readonly lifecycleStage: LifecycleStage;
  readonly creationTime: number | null;
  readonly lastUpdateTime: number | null;
  readonly tags: readonly Tag[];
}
