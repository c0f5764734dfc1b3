import { trackError } from '../track-error.js';
import type { ByteRange } from './artifact-store.js';

/** What of a range a file of `sizeBytes` has. @throws `ARTIFACT_RANGE` when it begins behind the end. */
export function readableRange(path: string, range: ByteRange, sizeBytes: number) {
  const end = Math.min(range.end ?? sizeBytes, sizeBytes);
  const isEmptyFile = range.start === 0 && sizeBytes === 0;
  if (!isEmptyFile && (range.start < 0 || range.start >= sizeBytes)) {
    throw trackError('ARTIFACT_RANGE', { path, start: range.start, sizeBytes });
  }
  return { start: range.start, end: Math.max(range.start, end) };
}
