import type { ArtifactStore } from '../artifacts/artifact-store.js';
import type { Store } from '../store/store.js';
import type { GarbageTally } from './garbage-report.js';

/** What all steps work on. */
export interface Collection {
  readonly store: Store;
  readonly artifacts: ArtifactStore;
  readonly artifactsAt: (uri: string) => ArtifactStore;
  readonly dryRun: boolean;
  readonly tally: GarbageTally;
  readonly signal: AbortSignal | undefined;
  /** Unix milliseconds: what is younger stays. */
  readonly cutoff: number;
  readonly leftoverCutoff: number;
}
