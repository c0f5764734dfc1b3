import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { predictionLine } from '../log-lines.js';
import { comparePredictionIds } from '../prediction-id.js';
import type { Kept, PredictionRow } from '../prediction-sink.js';
import { AppendFile } from './append-file.js';
import { predictionsName, utcDay } from './file-name.js';

/** Where lines go, as long as they belong there. */
interface OpenFile {
  readonly file: AppendFile;
  readonly path: string;
  readonly day: number;
  /** The ids of a file ascend. */
  lastId: string;
}

/** Writes predictions to files, a new one for each day and when one is full. */
export class PredictionFiles {
  readonly #folder: string;
  readonly #writer: string;
  readonly #fileBytes: number;
  readonly #onNewFile: () => void;
  #open: OpenFile | undefined;
  #count = 0;

  /** @param onNewFile Called when a file was begun. */
  constructor(folder: string, writer: string, fileBytes: number, onNewFile: () => void) {
    this.#folder = folder;
    this.#writer = writer;
    this.#fileBytes = fileBytes;
    this.#onNewFile = onNewFile;
  }

  /** The path that is written to. */
  get path(): string | undefined {
    return this.#open?.path;
  }

  /** Appends the first row and those after it that belong into the same file. */
  async write(rows: readonly PredictionRow[]): Promise<Kept> {
    const target = await this.#fileFor(rows[0]);
    let text = predictionLine(rows[0]);
    let count = 1;
    while (count < rows.length && target.file.size + text.length < this.#fileBytes) {
      if (!belongs(rows[count], target.day, rows[count - 1].id)) break;
      text += predictionLine(rows[count++]);
    }
    const bytes = await target.file.append(text);
    target.lastId = rows[count - 1].id;
    return { rows: count, bytes };
  }

  async close(): Promise<void> {
    const current = this.#open;
    this.#open = undefined;
    await current?.file.close();
  }

  async #fileFor(row: PredictionRow): Promise<OpenFile> {
    const current = this.#open;
    if (current !== undefined) {
      const fits = current.file.size < this.#fileBytes && belongs(row, current.day, current.lastId);
      if (fits && (await current.file.isUsable())) return current;
      await this.close().catch(() => undefined);
    }
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const path = join(this.#folder, predictionsName(row.givenAt, this.#writer, ++this.#count));
    this.#open = { file: await AppendFile.open(path, 'ax'), path, day: utcDay(row.givenAt), lastId: '' };
    this.#onNewFile();
    return this.#open;
  }
}

/** Lines are looked up by halving a file, so that a clock that was set back begins another one. */
function belongs(row: PredictionRow, day: number, previousId: string): boolean {
  return utcDay(row.givenAt) === day && comparePredictionIds(previousId, row.id) < 0;
}
