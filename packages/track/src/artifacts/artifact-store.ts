import type { Readable } from 'node:stream';

/** What can be written: a stream, or pieces of it one after the other. Texts become UTF-8. */
export type ArtifactContent = AsyncIterable<Uint8Array | string>;

/** A file or folder of an artifact store. */
export interface ArtifactEntry {
  /** From the store's root, with `/` between the names. */
  readonly path: string;
  readonly isDirectory: boolean;
  /** 0 for a folder. */
  readonly sizeBytes: number;
  /** Milliseconds since 1970; 0 for a folder. */
  readonly modifiedAt: number;
}

/** A file, with the checksum that was taken when it was written, where this store wrote it. */
export interface ArtifactFile extends ArtifactEntry {
  /** Lower-case hexadecimal. */
  readonly sha256: string | undefined;
}

/** Bytes `start` to `end`, counted from 0, without `end`. */
export interface ByteRange {
  readonly start: number;
  /** Default: the end of the file. */
  readonly end?: number;
}

/** A file opened for reading. Whoever does not read `body` to its end destroys it. */
export interface ArtifactReading {
  /**
   * The bytes asked for. A whole file is hashed while it is read: where it is not what was written, the stream fails with
   * `ARTIFACT_DAMAGED` instead of ending.
   */
  readonly body: Readable;
  /** Of the whole file. */
  readonly sizeBytes: number;
  /** What `body` holds, from `start` to `end`, without `end`. */
  readonly start: number;
  readonly end: number;
  readonly sha256: string | undefined;
}

/** What is known of a file before its content comes; the store checks it. */
export interface ExpectedContent {
  readonly sizeBytes?: number;
  /** Lower-case hexadecimal. */
  readonly sha256?: string;
}

/** A file that is stored and on disk. */
export interface StoredArtifact {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** The file that an upload in parts became. */
export interface CompletedUpload {
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: string | undefined;
}

/** How much was removed. */
export interface RemovedArtifacts {
  readonly files: number;
  readonly bytes: number;
}

/** A part of an upload; parts are joined in the order of their numbers. */
export interface UploadPart {
  /** 1 to 10 000. */
  readonly number: number;
  readonly etag: string;
}

/** A part that has arrived. */
export interface ArrivedPart extends UploadPart {
  readonly sizeBytes: number;
}

/** One upload in parts. */
export interface UploadKey {
  readonly path: string;
  readonly id: string;
}

/** What an interrupted write left behind: content that nobody can read, and that may still be on its way. */
export interface Leftover {
  /** Where the content was to be, or where it lies. */
  readonly path: string;
  readonly sizeBytes: number;
  /** When it last grew, or else when it began; milliseconds since 1970. */
  readonly modifiedAt: number;
  remove(): Promise<void>;
}

/**
 * Uploads in parts, which can be continued after an interruption: ask for the parts that arrived, write the missing ones,
 * complete. Nothing is visible before that.
 */
export interface ArtifactUploads {
  /** Begins one and gives its id. */
  start(path: string): Promise<string>;
  /** Writes one part, or writes it again. */
  write(upload: UploadKey, number: number, content: ArtifactContent): Promise<ArrivedPart>;
  /** The parts that have arrived, by number. */
  parts(upload: UploadKey): Promise<readonly ArrivedPart[]>;
  /**
   * Joins the parts to the file: all that arrived, or exactly those named. Storage that joins parts without reading them
   * (S3) knows no checksum: then `sha256` is the expected one, or undefined.
   */
  complete(upload: UploadKey, parts?: readonly UploadPart[], expected?: ExpectedContent): Promise<CompletedUpload>;
  /** Gives one up and removes its parts. Ends well when there is none. */
  abort(upload: UploadKey): Promise<void>;
}

/** What a presigned URL allows. */
export interface PresignedRequest {
  readonly method: 'GET' | 'PUT';
  /** 1 to 604 800; default 900. */
  readonly expiresInSeconds?: number;
  /** For a part of an upload. */
  readonly part?: { readonly uploadId: string; readonly number: number };
}

/**
 * Files of runs and models, on a disk or in an S3 bucket. Every path is relative, checked ({@link artifactPath}) and has `/`
 * between its names. Written files are whole or not there.
 */
export interface ArtifactStore {
  /** The root as a URI, without `/` at its end. */
  readonly uri: string;
  /** The files and folders directly in a folder, by path; nothing where there is no such folder. */
  list(folder?: string): Promise<readonly ArtifactEntry[]>;
  /** Every file beneath a folder, in no particular order. */
  walk(folder?: string): AsyncIterable<ArtifactEntry>;
  /** A file's size and checksum, or undefined where there is no such file. */
  find(path: string): Promise<ArtifactFile | undefined>;
  /** Opens a file, or fails with `RESOURCE_DOES_NOT_EXIST`, or `ARTIFACT_RANGE` for a start behind the end. */
  read(path: string, range?: ByteRange): Promise<ArtifactReading>;
  /** Writes a file, in place of the one that is there. */
  write(path: string, content: ArtifactContent, expected?: ExpectedContent): Promise<StoredArtifact>;
  /** Removes a file. Ends well when there is none. */
  remove(path: string): Promise<void>;
  /** Removes a file, or a folder with all that is in it: the store's own by default, unless that is the root of all. */
  removeTree(path?: string): Promise<RemovedArtifacts>;
  /** The store of one folder: its root is `folder`. */
  at(folder: string): ArtifactStore;
  readonly uploads: ArtifactUploads;
  /** The uploads in parts that are neither complete nor given up, and what crashes left of other writes. */
  leftovers(): AsyncIterable<Leftover>;
  /** A URL that carries its own permission, or undefined where the storage has none (a disk). */
  presign(path: string, request: PresignedRequest): Promise<string | undefined>;
}
