import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ArtifactReading } from '../../src/artifacts/artifact-store.js';

/** Content as it comes from a network: in chunks. */
export function stream(...chunks: readonly (string | Buffer)[]): Readable {
  return Readable.from(chunks);
}

/** Content that breaks off with an error after its chunks, as an upload does when its client goes away. */
export async function* broken(...chunks: readonly string[]): AsyncGenerator<string> {
  yield* chunks;
  throw new Error('the client went away');
}

/** Bytes that differ from place to place, and are the same every time. */
export function someBytes(sizeBytes: number): Buffer {
  const words = Uint32Array.from({ length: Math.ceil(sizeBytes / 4) }, (_, i) => Math.imul(i + 1, 0x9e3779b1));
  return Buffer.from(words.buffer, 0, sizeBytes);
}

export async function textOf({ body }: ArtifactReading): Promise<string> {
  return (await buffer(body)).toString('utf8');
}

export function sha256(content: string | Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** Everything that comes. */
export async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** The paths of everything that comes, sorted. */
export async function pathsOf(items: AsyncIterable<{ readonly path: string }>): Promise<string[]> {
  return (await all(items)).map((item) => item.path).sort();
}

/** All files beneath a folder, hidden ones too. */
export async function filesIn(root: string): Promise<readonly string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort();
}
