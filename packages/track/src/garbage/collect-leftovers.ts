import type { Collection } from './collection.js';

/** Where runs and models keep their files. In a bucket, other programs may have uploads of their own under way elsewhere. */
const OWN_PATH = /^\d+\/(?:[0-9a-f]{32}|models|traces)\//;

/** What interrupted writes left, and has not grown for a while. On a disk the store's own names tell what that is. */
export async function collectLeftovers({
  artifacts,
  dryRun,
  tally,
  leftoverCutoff,
  signal,
}: Collection): Promise<void> {
  const isDisk = artifacts.uri.startsWith('file:');
  for await (const leftover of artifacts.leftovers()) {
    const { path, sizeBytes, modifiedAt } = leftover;
    signal?.throwIfAborted();
    if (modifiedAt > leftoverCutoff || !(isDisk || OWN_PATH.test(path))) continue;
    if (!dryRun) await leftover.remove();
    tally.add({ kind: 'leftover', id: path, name: null, files: 1, bytes: sizeBytes });
  }
}
