import { createHash } from 'node:crypto';
import { pipeline, Transform, type Readable } from 'node:stream';

/** A stream that hashes what passes and fails, instead of ending, where `check` refuses the hash. Destroying it closes `body`. */
export function verifiedBody(body: Readable, check: (sha256: string) => Promise<void>): Readable {
  const hash = createHash('sha256');
  const verified = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
    flush(done) {
      check(hash.digest('hex')).then(() => done(), done);
    },
  });
  // Whoever reads `verified` gets every error there.
  return pipeline(body, verified, () => undefined);
}
