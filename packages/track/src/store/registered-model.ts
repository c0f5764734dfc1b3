import { type ModelVersion } from './model-version.js';
import { type Tag } from './tag.js';

/** A name that points to one version of its model. */
export interface ModelAlias {
  readonly alias: string;
  readonly version: string;
}

/** A model's name in the registry, with all its versions. Times are Unix milliseconds. */
export interface RegisteredModel {
  readonly name: string;
  readonly creationTime: number | null;
  readonly lastUpdatedTime: number | null;
  readonly description: string | null;
  readonly tags: readonly Tag[];
  readonly aliases: readonly ModelAlias[];
  /** Of each stage the newest version. */
  readonly latestVersions: readonly ModelVersion[];
}
