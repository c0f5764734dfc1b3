import { createHash, type Hash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Column, Schema } from '@scorecast/core';
import { dataError } from '../data-error.js';
import { fileBytes } from '../file/file-bytes.js';
import type { Dataset } from '../read/dataset.js';
import { csvLine } from './csv-line.js';
import { writeFileSafely } from './write-file-safely.js';

/** Where a dataset comes from and how it was split. */
export interface PartsOrigin {
  /** The file that the dataset was read from. */
  readonly path: string;
  readonly schema: Schema;
  readonly seed: number;
  /** The share of rows in the test part, between 0 and 1. */
  readonly testSize: number;
}

/** One of the files of {@link writeParts}. */
export interface PartFile {
  readonly file: string;
  readonly rows: number;
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** What `manifest.json` says about the files beside it. */
export interface PartsManifest {
  readonly schema: string;
  readonly seed: number;
  readonly testSize: number;
  readonly raw: PartFile;
  readonly train: PartFile;
  readonly test: PartFile;
}

/** How many rows are put together before they are written. */
const ROWS_AT_ONCE = 1000;

/**
 * Writes what a training learned from and was tested on: `raw` with the extension of the original, byte for byte;
 * `train.csv` and `test.csv` with identifiers, features and target under the schema's names; and `manifest.json` with
 * every file's rows, size and SHA-256. The same input gives the same bytes.
 *
 * @param directory Is made when it is not there.
 * @param split Row indices into the dataset, in the order in which they are to be written.
 * @throws DATA_CHANGED when the original is no longer the file that the dataset was read from.
 */
export async function writeParts(
  directory: string,
  dataset: Dataset,
  split: { readonly train: Int32Array; readonly test: Int32Array },
  origin: PartsOrigin,
): Promise<PartsManifest> {
  await mkdir(directory, { recursive: true });
  const { schema } = origin;
  const raw = `raw${/(?:\.\w+)?(?:\.gz)?$/i.exec(basename(origin.path))?.[0] ?? ''}`;
  const manifest: PartsManifest = {
    schema: schema.name,
    seed: origin.seed,
    testSize: origin.testSize,
    raw: await writePart(directory, raw, dataset.fileRows, (hash) => originalBytes(origin.path, dataset.sha256, hash)),
    train: await writePart(directory, 'train.csv', split.train.length, (hash) =>
      hashed(hash, csvRows(dataset, schema, split.train)),
    ),
    test: await writePart(directory, 'test.csv', split.test.length, (hash) =>
      hashed(hash, csvRows(dataset, schema, split.test)),
    ),
  };
  await writeFileSafely(join(directory, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
}

async function writePart(
  directory: string,
  file: string,
  rows: number,
  content: (hash: Hash) => AsyncIterable<Uint8Array>,
): Promise<PartFile> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  async function* counted() {
    for await (const piece of content(hash)) {
      sizeBytes += piece.length;
      yield piece;
    }
  }
  await writeFileSafely(join(directory, file), counted());
  return { file, rows, sizeBytes, sha256: hash.digest('hex') };
}

async function* originalBytes(path: string, sha256: string, hash: Hash): AsyncGenerator<Uint8Array> {
  yield* fileBytes(path, { gzip: false, hash });
  const found = hash.copy().digest('hex');
  if (found !== sha256) {
    throw dataError('DATA_CHANGED', { path, expected: `SHA-256 ${sha256}`, found: `SHA-256 ${found}` });
  }
}

async function* hashed(hash: Hash, texts: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const text of texts) {
    const bytes = Buffer.from(text, 'utf8');
    hash.update(bytes);
    yield bytes;
  }
}

/** The header and these rows of a dataset, some lines at a time. */
function* csvRows(dataset: Dataset, schema: Schema, rows: Int32Array): Generator<string> {
  const { columns } = dataset.features;
  const names = [...dataset.identifiers, ...columns].map((column) => column.name);
  let lines = csvLine([...names, schema.target.name]);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i];
    const texts = dataset.identifiers.map((identifier) => identifier.values[row]);
    lines += csvLine([...texts, ...columns.map((column) => cellAt(column, row)), dataset.target[row]]);
    if ((i + 1) % ROWS_AT_ONCE === 0) {
      yield lines;
      lines = '';
    }
  }
  yield lines;
}

function cellAt(column: Column, row: number): string | number | null {
  if (column.kind === 'numeric') return column.values[row];
  return column.codes[row] < 0 ? null : column.levels[column.codes[row]];
}
