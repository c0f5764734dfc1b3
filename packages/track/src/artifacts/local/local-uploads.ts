import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { RESERVED_PREFIX } from '../artifact-path.js';
import type { JoinedFile, StageLimits, StorageUploads } from '../artifact-storage.js';
import type { ArrivedPart, ArtifactContent, UploadKey, UploadPart } from '../artifact-store.js';
import { chosenParts, noSuchUpload } from '../chosen-parts.js';
import { isMissing, storageFailure } from './local-failure.js';
import { stageBeside, writePartial } from './stage-beside.js';

/** The folder of the root that holds the uploads. */
export const UPLOADS = `${RESERVED_PREFIX}uploads`;
/** The file of an upload that holds the path it is for. */
export const TARGET = 'target';

/**
 * Uploads in parts on a disk. Each is a folder: the path it is for, and a file per part, which is named after its number and
 * the SHA-256 of its content, the part's etag.
 */
export function localUploads(root: string): StorageUploads {
  const folderOf = (id: string) => join(root, UPLOADS, id);
  return {
    async start(path) {
      const id = randomUUID().replaceAll('-', '');
      const staged = await stageBeside(root, `${UPLOADS}/${id}/${TARGET}`, textContent(path), unlimited);
      await staged.publish();
      return id;
    },
    async write(upload, number, content, limitBytes) {
      const before = (await arrivedParts(root, upload)).find((part) => part.number === number);
      const limits = { limitBytes, expected: {} };
      const partial = await writePartial(root, `${UPLOADS}/${upload.id}/${number}.part`, content, limits);
      const part = { number, etag: partial.sha256, sizeBytes: partial.sizeBytes };
      await partial.publishAs(partName(part));
      if (before !== undefined && before.etag !== part.etag) await rm(join(folderOf(upload.id), partName(before)));
      return part;
    },
    parts: (upload) => arrivedParts(root, upload),
    join: (upload, parts, limits) => joinParts(root, upload, parts, limits),
    async abort(upload) {
      if (await isPending(root, upload)) await rm(folderOf(upload.id), { recursive: true, force: true });
    },
  };
}

const unlimited: StageLimits = { limitBytes: Number.POSITIVE_INFINITY, expected: {} };

async function joinParts(
  root: string,
  upload: UploadKey,
  wanted: readonly UploadPart[] | undefined,
  limits: StageLimits,
): Promise<JoinedFile> {
  const { parts } = chosenParts(upload.path, await arrivedParts(root, upload), wanted, limits);
  const folder = join(root, UPLOADS, upload.id);
  const staged = await stageBeside(root, upload.path, joined(folder, parts), limits);
  return {
    ...staged,
    async publish() {
      await staged.publish();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function* joined(folder: string, parts: readonly ArrivedPart[]): ArtifactContent {
  for (const part of parts) yield* createReadStream(join(folder, partName(part)));
}

async function arrivedParts(root: string, upload: UploadKey): Promise<readonly ArrivedPart[]> {
  if (!(await isPending(root, upload))) throw noSuchUpload(upload.path, upload.id);
  const folder = join(root, UPLOADS, upload.id);
  const parts: ArrivedPart[] = [];
  for (const name of await readdir(folder)) {
    const [, number, etag] = /^(\d+)-([0-9a-f]{64})\.part$/.exec(name) ?? [];
    if (etag === undefined) continue;
    parts.push({ number: Number(number), etag, sizeBytes: (await stat(join(folder, name))).size });
  }
  return parts.sort((a, b) => a.number - b.number);
}

async function isPending(root: string, { path, id }: UploadKey): Promise<boolean> {
  return /^[0-9a-f]{32}$/.test(id) && (await targetOf(root, id)) === path;
}

/** The path that an upload is for, or undefined where there is no such upload. */
export async function targetOf(root: string, id: string): Promise<string | undefined> {
  try {
    return await readFile(join(root, UPLOADS, id, TARGET), 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw storageFailure(root, error);
  }
}

function partName({ number, etag }: UploadPart): string {
  return `${number}-${etag}.part`;
}

async function* textContent(text: string): ArtifactContent {
  yield text;
}
