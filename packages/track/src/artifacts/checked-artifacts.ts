import { trackError } from '../track-error.js';
import type { ArtifactLedger } from './artifact-ledger.js';
import { artifactFolder, artifactPath } from './artifact-path.js';
import type { ArtifactStorage, JoinedFile, StageLimits } from './artifact-storage.js';
import type { ArtifactReading, ArtifactStore, ArtifactUploads, ByteRange, UploadKey } from './artifact-store.js';
import { verifiedBody } from './verified-body.js';

/** What all kinds of storage have in common. */
export interface ArtifactLimits {
  /** Remembers checksums. */
  readonly ledger: ArtifactLedger;
  /** The largest file; Infinity is no limit. */
  readonly maxFileBytes: number;
}

/** One storage with its ledger; folders of it share both. */
interface Room extends ArtifactLimits {
  readonly storage: ArtifactStorage;
  /** One at a time per URI: between a file and its ledger entry no other writer of this process comes. */
  readonly alone: <T>(uri: string, work: () => Promise<T>) => Promise<T>;
}

/** A store over a kind of storage: checks every path, and keeps and verifies checksums. */
export function checkedArtifacts(storage: ArtifactStorage, limits: ArtifactLimits): ArtifactStore {
  return folderStore({ ...limits, storage, alone: oneAtATime() }, '');
}

function folderStore(room: Room, base: string): ArtifactStore {
  const { storage, ledger } = room;
  const full = (path: string) => under(base, artifactPath(path));
  const own = <Entry extends { readonly path: string }>(entry: Entry): Entry => ({
    ...entry,
    path: base === '' ? entry.path : entry.path.slice(base.length + 1),
  });
  return {
    uri: under(storage.uri, base),
    list: async (folder = '') => (await storage.list(under(base, artifactFolder(folder)))).map(own),
    async *walk(folder = '') {
      for await (const entry of storage.walk(under(base, artifactFolder(folder)))) yield own(entry);
    },
    async find(path) {
      const [entry, noted] = await Promise.all([storage.find(full(path)), ledger.find(uriOf(room, full(path)))]);
      return entry === undefined ? undefined : { ...own(entry), sha256: noted?.sha256 };
    },
    read: async (path, range = { start: 0 }) => readVerified(room, full(path), range),
    write: async (path, content, expected = {}) => {
      const staged = await storage.stage(full(path), content, { limitBytes: room.maxFileBytes, expected });
      await publish(room, full(path), staged);
      return { path: artifactPath(path), sizeBytes: staged.sizeBytes, sha256: staged.sha256 };
    },
    remove: async (path) =>
      room.alone(uriOf(room, full(path)), async () => {
        await storage.remove(full(path));
        await ledger.forget(uriOf(room, full(path)));
      }),
    async removeTree(path = '') {
      const folder = artifactPath(under(base, artifactFolder(path)));
      const removed = await storage.removeTree(folder);
      await ledger.forgetTree(uriOf(room, folder));
      return removed;
    },
    at: (folder) => folderStore(room, under(base, artifactFolder(folder))),
    uploads: folderUploads(room, full),
    async *leftovers() {
      for await (const leftover of storage.leftovers(base)) yield own(leftover);
    },
    presign: async (path, request) => storage.presign(full(path), request),
  };
}

function folderUploads(room: Room, full: (path: string) => string): ArtifactUploads {
  const { uploads } = room.storage;
  const keyOf = ({ path, id }: UploadKey): UploadKey => ({ path: full(path), id });
  return {
    start: async (path) => uploads.start(full(path)),
    write: async (upload, number, content) => {
      if (!Number.isInteger(number) || number < 1 || number > 10_000) throw badPartNumber(number);
      return uploads.write(keyOf(upload), number, content, room.maxFileBytes);
    },
    parts: async (upload) => uploads.parts(keyOf(upload)),
    complete: async (upload, parts, expected = {}) => {
      const limits: StageLimits = { limitBytes: room.maxFileBytes, expected };
      const joined = await uploads.join(keyOf(upload), parts, limits);
      await publish(room, full(upload.path), joined);
      return { path: artifactPath(upload.path), sizeBytes: joined.sizeBytes, sha256: joined.sha256 };
    },
    abort: async (upload) => uploads.abort(keyOf(upload)),
  };
}

/**
 * Puts a file at its path and its checksum in the ledger. The old entry goes first and the new one comes last, so that a
 * crash in between leaves a file that is not verified, never one that is taken for damaged.
 */
async function publish(room: Room, path: string, file: JoinedFile): Promise<void> {
  const uri = uriOf(room, path);
  await room.alone(uri, async () => {
    const before = await room.ledger.find(uri);
    try {
      if (before !== undefined) await room.ledger.forget(uri);
      await file.publish();
    } catch (error) {
      // What failed matters more than a leftover, which garbage collection finds.
      await file.discard().catch(() => undefined);
      if (before !== undefined) await room.ledger.note(before);
      throw error;
    }
    if (file.sha256 !== undefined) await room.ledger.note({ uri, sizeBytes: file.sizeBytes, sha256: file.sha256 });
  });
}

async function readVerified(room: Room, path: string, range: ByteRange): Promise<ArtifactReading> {
  const uri = uriOf(room, path);
  const noted = await room.ledger.find(uri);
  const reading = await room.storage.read(path, range);
  if (noted === undefined) return { ...reading, sha256: undefined };
  /** Refuses what differs from the ledger, unless the file has been written anew since. */
  const refuse = async (expected: string, found: string) => {
    const current = await room.ledger.find(uri);
    if (current?.sha256 === noted.sha256) throw trackError('ARTIFACT_DAMAGED', { path, expected, found });
  };
  if (noted.sizeBytes !== reading.sizeBytes) {
    reading.body.destroy();
    await refuse(`${noted.sizeBytes} bytes`, `${reading.sizeBytes} bytes`);
    return readVerified(room, path, range);
  }
  if (reading.start > 0 || reading.end < reading.sizeBytes) return { ...reading, sha256: noted.sha256 };
  const body = verifiedBody(reading.body, async (sha256) => {
    if (sha256 !== noted.sha256) await refuse(`SHA-256 ${noted.sha256}`, `SHA-256 ${sha256}`);
  });
  return { ...reading, body, sha256: noted.sha256 };
}

function under(base: string, path: string): string {
  if (base === '') return path;
  return path === '' ? base : `${base}/${path}`;
}

function uriOf(room: Room, path: string): string {
  return under(room.storage.uri, path);
}

function badPartNumber(number: number): Error {
  const message = `Invalid value ${number} for parameter 'part_number' supplied: expected an integer from 1 to 10000`;
  return trackError('INVALID_PARAMETER_VALUE', { message });
}

/** Queues work by name. */
function oneAtATime() {
  const last = new Map<string, Promise<unknown>>();
  return async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    const before = last.get(name) ?? Promise.resolve();
    const current = before.then(work, work);
    last.set(name, current);
    try {
      return await current;
    } finally {
      if (last.get(name) === current) last.delete(name);
    }
  };
}
