import { createHash } from 'node:crypto';
import { trackError } from '../track-error.js';
import type { ArtifactContent, ExpectedContent } from './artifact-store.js';

/** Counts and hashes content on its way, and stops it where it gets too large. */
export class ContentMeter {
  readonly #hash = createHash('sha256');
  readonly #path: string;
  readonly #limitBytes: number;
  sizeBytes = 0;

  /** @param limitBytes How large the content may get; Infinity is no limit. */
  constructor(path: string, limitBytes: number) {
    this.#path = path;
    this.#limitBytes = limitBytes;
  }

  /** The content itself, chunk by chunk. @throws `ARTIFACT_TOO_LARGE` */
  async *measure(content: ArtifactContent): AsyncGenerator<Uint8Array> {
    for await (const chunk of content) {
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      this.sizeBytes += bytes.length;
      if (this.sizeBytes > this.#limitBytes) throw tooLarge(this.#path, this.#limitBytes);
      this.#hash.update(bytes);
      yield bytes;
    }
  }

  /** Ends the measurement, once. @throws `ARTIFACT_INCOMPLETE` when the content is not what was expected. */
  finish(expected: ExpectedContent): { readonly sizeBytes: number; readonly sha256: string } {
    const sha256 = this.#hash.digest('hex');
    const path = this.#path;
    if (expected.sizeBytes !== undefined && expected.sizeBytes !== this.sizeBytes) {
      const sizes = { expected: `${expected.sizeBytes} bytes`, found: `${this.sizeBytes} bytes` };
      throw trackError('ARTIFACT_INCOMPLETE', { path, ...sizes });
    }
    if (expected.sha256 !== undefined && expected.sha256 !== sha256) {
      throw trackError('ARTIFACT_INCOMPLETE', {
        path,
        expected: `SHA-256 ${expected.sha256}`,
        found: `SHA-256 ${sha256}`,
      });
    }
    return { sizeBytes: this.sizeBytes, sha256 };
  }
}

/** The error of content that is larger than a store accepts. */
export function tooLarge(path: string, limitBytes: number): Error {
  return trackError('ARTIFACT_TOO_LARGE', {
    path,
    limitBytes,
    next: 'raise the limit of the artifact store, or split the file',
  });
}
