import { randomBytes } from 'node:crypto';
import { open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readPredictionLine } from '../log-lines.js';
import { comparePredictionIds, predictionTime } from '../prediction-id.js';
import type { Kept, OutcomeRow, PredictionRow, PredictionSink, Retention } from '../prediction-sink.js';
import { byDay, dayOf } from './by-day.js';
import { expiredFiles } from './expired-files.js';
import { readFileName, type LogFile } from './file-name.js';
import { readOutcomes, writeOutcomes } from './outcome-files.js';
import { PredictionFiles } from './prediction-files.js';
import { findLines } from './sorted-lines.js';

/** How a folder is written. */
export interface FolderSettings extends Retention {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** From which size on a file is followed by another; default 64 MiB. */
  readonly fileBytes?: number;
}

/**
 * A log as files of JSON lines. Every process writes files of its own, so that several can share a folder without a
 * lock; each of them finds what all have written.
 */
export class JsonLinesFolder implements PredictionSink {
  readonly #folder: string;
  readonly #settings: FolderSettings;
  readonly #writer = randomBytes(4).toString('hex');
  readonly #files: PredictionFiles;
  #outcomes: Promise<void> = Promise.resolve();
  #hasNewFile = false;

  constructor(folder: string, settings: FolderSettings) {
    this.#folder = folder;
    this.#settings = settings;
    this.#files = new PredictionFiles(folder, this.#writer, settings.fileBytes ?? 64 * 1024 * 1024, () => {
      this.#hasNewFile = true;
    });
  }

  async writePredictions(rows: readonly PredictionRow[]): Promise<Kept> {
    const kept = await this.#files.write(rows);
    if (this.#hasNewFile) {
      this.#hasNewFile = false;
      // With every new file the log may have become too large. The rows are kept, whatever comes of this.
      await this.removeExpired().catch(() => undefined);
    }
    return kept;
  }

  /** One after the other: each must know where the last one ended. */
  async writeOutcomes(rows: readonly OutcomeRow[]): Promise<void> {
    const written = this.#outcomes.then(() => writeOutcomes(this.#folder, this.#writer, rows));
    this.#outcomes = written.catch(() => undefined);
    return written;
  }

  async findPrediction(id: string): Promise<PredictionRow | undefined> {
    const line = (await this.#linesOf([id])).get(id);
    return line === undefined ? undefined : readPredictionLine(line);
  }

  async knownIds(ids: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.#linesOf(ids)).keys());
  }

  async outcomesOf(id: string): Promise<readonly OutcomeRow[]> {
    const day = dayOf(id);
    const files = (await this.#list()).filter((file) => file.kind === 'outcomes' && file.day === day);
    return readOutcomes(
      files.map(({ name }) => join(this.#folder, name)),
      id,
    );
  }

  async removeExpired(): Promise<void> {
    const sized = await Promise.all(
      (await this.#list()).map(async (file) => {
        // Another process may have removed it.
        const size = await stat(join(this.#folder, file.name)).catch(() => undefined);
        return { ...file, sizeBytes: size?.size ?? 0 };
      }),
    );
    for (const { name } of expiredFiles(sized, this.#settings.now(), this.#settings)) {
      await rm(join(this.#folder, name), { force: true });
    }
  }

  async close(): Promise<void> {
    await this.#outcomes;
    await this.#files.close();
  }

  /** The lines of some ids. A file holds one day, and nothing from before the time in its name. */
  async #linesOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = new Map<string, string>();
    const days = byDay([...ids].sort(comparePredictionIds), (id) => id);
    for (const file of (await this.#list()).sort((a, b) => b.startAt - a.startAt)) {
      const wanted = file.kind === 'predictions' ? (days.get(file.day) ?? []) : [];
      const left = wanted.filter((id) => !found.has(id) && (predictionTime(id) ?? 0) >= file.startAt);
      if (left.length === 0) continue;
      for (const [id, line] of await this.#search(file, left)) found.set(id, line);
    }
    return found;
  }

  async #search({ name }: LogFile, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const handle = await open(join(this.#folder, name)).catch(ifGone);
    if (handle === undefined) return new Map();
    try {
      return await findLines({ handle, sizeBytes: (await handle.stat()).size }, ids);
    } finally {
      await handle.close();
    }
  }

  async #list(): Promise<LogFile[]> {
    const names = (await readdir(this.#folder).catch(ifGone)) ?? [];
    return names.flatMap((name) => readFileName(name) ?? []);
  }
}

/** What is not there holds nothing: the folder is made with the first line, and old files are removed. */
function ifGone(cause: unknown): undefined {
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return undefined;
  throw cause;
}
