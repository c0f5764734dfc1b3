import type { Readable } from 'node:stream';
import type {
  ArrivedPart,
  ArtifactContent,
  ArtifactEntry,
  ByteRange,
  ExpectedContent,
  Leftover,
  PresignedRequest,
  RemovedArtifacts,
  UploadKey,
  UploadPart,
} from './artifact-store.js';

/**
 * What a kind of storage can do. Its paths have been checked, and it knows nothing of checksums kept for later: the store
 * on top of it ({@link checkedArtifacts}) does both, once for all kinds.
 */
export interface ArtifactStorage {
  /** The root as a URI, without `/` at its end. */
  readonly uri: string;
  list(folder: string): Promise<readonly ArtifactEntry[]>;
  walk(folder: string): AsyncIterable<ArtifactEntry>;
  find(path: string): Promise<ArtifactEntry | undefined>;
  read(path: string, range: ByteRange): Promise<StorageReading>;
  /** Takes in content without making it visible. */
  stage(path: string, content: ArtifactContent, limits: StageLimits): Promise<StagedFile>;
  remove(path: string): Promise<void>;
  removeTree(path: string): Promise<RemovedArtifacts>;
  readonly uploads: StorageUploads;
  leftovers(folder: string): AsyncIterable<Leftover>;
  presign(path: string, request: PresignedRequest): Promise<string | undefined>;
}

/** What is checked while content comes in. */
export interface StageLimits {
  readonly limitBytes: number;
  readonly expected: ExpectedContent;
}

/** Content that is stored whole, but not at its path yet. */
export interface StagedFile {
  readonly sizeBytes: number;
  readonly sha256: string;
  /** Puts it at its path, at once and for good. */
  publish(): Promise<void>;
  /** Throws it away. */
  discard(): Promise<void>;
}

/** A file opened for reading. */
export interface StorageReading {
  readonly body: Readable;
  readonly sizeBytes: number;
  readonly start: number;
  readonly end: number;
}

/** Uploads in parts, as a kind of storage has them. */
export interface StorageUploads {
  start(path: string): Promise<string>;
  write(upload: UploadKey, number: number, content: ArtifactContent, limitBytes: number): Promise<ArrivedPart>;
  parts(upload: UploadKey): Promise<readonly ArrivedPart[]>;
  /**
   * Joins parts, all that arrived or exactly those named, without making the file visible. Its checksum is unknown where
   * joining does not read the parts.
   */
  join(upload: UploadKey, parts: readonly UploadPart[] | undefined, limits: StageLimits): Promise<JoinedFile>;
  abort(upload: UploadKey): Promise<void>;
}

/** An upload whose parts have been joined, but that is not at its path yet. */
export interface JoinedFile extends Omit<StagedFile, 'sha256'> {
  readonly sha256: string | undefined;
}
