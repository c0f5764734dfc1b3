import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TrainingRecord } from './training-record.js';

/** A folder of records that no target has taken yet. */
export interface Spool {
  readonly folder: string;
  /** Keeps a record; it is on disk when the promise ends. */
  keep(record: TrainingRecord): Promise<void>;
  /** The records that are kept, oldest first. A file that is no record is left where it is and told by its path. */
  kept(): Promise<{ readonly records: readonly TrainingRecord[]; readonly unreadable: readonly string[] }>;
  drop(id: string): Promise<void>;
  /** Moves a record to the folder `refused`, with what was said to it, where it waits for nothing; gives its new path. */
  setAside(record: TrainingRecord, refusal: string): Promise<string>;
}

/** Keeps records as JSON files, each written beside its place and renamed into it. */
export function spoolIn(folder: string): Spool {
  const fileOf = (id: string) => path.join(folder, `${id}.json`);
  const drop = (id: string) => rm(fileOf(id), { force: true });
  return {
    folder,
    drop,
    keep: (record) => writeRecord(fileOf(record.id), record),
    async setAside(record, refusal) {
      const file = path.join(folder, 'refused', `${record.id}.json`);
      await writeRecord(file, { ...record, refusal });
      await drop(record.id);
      return file;
    },
    async kept() {
      const names = await readdir(folder).catch(noFolder);
      const files = names.filter((name) => name.endsWith('.json')).map((name) => path.join(folder, name));
      const read = await Promise.all(files.map(async (file) => ({ file, record: await readRecord(file) })));
      return {
        records: read.flatMap(({ record }) => record ?? []).sort((a, b) => a.startTime - b.startTime),
        unreadable: read.flatMap(({ file, record }) => (record === undefined ? [file] : [])),
      };
    },
  };
}

async function writeRecord(file: string, record: TrainingRecord & { readonly refusal?: string }): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const beside = `${file}.partial`;
  const written = await open(beside, 'w');
  try {
    await written.writeFile(JSON.stringify(encodeNumbers(record)));
    await written.sync();
  } finally {
    await written.close();
  }
  await rename(beside, file);
}

/** JSON has no NaN and no infinities. */
function encodeNumbers(record: TrainingRecord) {
  return { ...record, metrics: record.metrics.map((metric) => ({ ...metric, value: String(metric.value) })) };
}

async function readRecord(file: string): Promise<TrainingRecord | undefined> {
  const value: unknown = await readFile(file, 'utf8').then(JSON.parse, () => undefined);
  if (!isSpooled(value)) return undefined;
  return { ...value, metrics: value.metrics.map((metric) => ({ ...metric, value: Number(metric.value) })) };
}

type Spooled = ReturnType<typeof encodeNumbers>;

/** Files here were written by this program whole or not at all; this tells them from others, and from other releases. */
function isSpooled(value: unknown): value is Spooled {
  if (typeof value !== 'object' || value === null) return false;
  const lists = ['params', 'tags', 'metrics', 'datasets', 'artifacts'];
  const fields = new Map<string, unknown>(Object.entries(value));
  return /^[0-9a-f]{32}$/.test(String(fields.get('id'))) && lists.every((name) => Array.isArray(fields.get(name)));
}

function noFolder(error: unknown): readonly string[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
  throw error;
}
