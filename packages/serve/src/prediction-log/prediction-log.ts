import { setTimeout as sleep } from 'node:timers/promises';
import { predictionLogError } from './log-error.js';
import type { GivenPredictions, RowMaker } from './given-predictions.js';
import type { OutcomeRow, PredictionRow, PredictionSink } from './prediction-sink.js';
import { logTroubles, type TroubleLog } from './log-troubles.js';

/** How much waits in memory at most; one more answer may come on top. */
const MAX_WAITING = { rows: 50_000, bytes: 32 * 1024 * 1024 };

/** What a row in the queue takes besides its values: its answer's share of objects and ids. */
const ROW_BYTES = 300;

/** Rows are turned into text so many at a time: a list of 10 000 must not hold up the answers behind it. */
const BATCH_ROWS = 500;

/** So many waiting rows are written at once. */
const WRITE_AT_ROWS = 500;

const FLUSH_MS = 200;
const LONGEST_PAUSE_MS = 5000;
const EXPIRY_MS = 3_600_000;
const CLOSE_MS = 5000;

/** What a log has done since its start. */
export interface LogCounts {
  readonly written: number;
  readonly dropped: number;
  readonly bytes: number;
  readonly errors: number;
  readonly outcomes: number;
  readonly waiting: number;
}

/** What a log is made of. */
export interface LogParts {
  readonly sink: PredictionSink;
  readonly makeRow: RowMaker;
  readonly troubles: TroubleLog;
  /** How long rows wait to be written together; default 200. */
  readonly flushMs?: number;
  /** How long closing tries to get rid of what waits; default 5000. */
  readonly closeMs?: number;
}

interface Waiting {
  readonly given: GivenPredictions;
  /** How many of its rows have been taken. */
  taken: number;
}

/**
 * Records predictions beside the requests: `record` only remembers what was answered; rows are made and written in
 * batches, at the latest after `flushMs`. Where the sink cannot keep up or is broken, what waits is bounded, and what
 * comes on top is dropped and counted: no prediction waits for the log or fails because of it.
 */
export class PredictionLog {
  readonly #sink: PredictionSink;
  readonly #makeRow: RowMaker;
  readonly #troubles: ReturnType<typeof logTroubles>;
  readonly #flushMs: number;
  readonly #closeMs: number;
  readonly #expiry: NodeJS.Timeout;
  #queue: Waiting[] = [];
  /** Rows that are made and not yet kept: they are given to the sink until it keeps them. */
  #rows: readonly PredictionRow[] = [];
  #waitingRows = 0;
  #waitingBytes = 0;
  #failures = 0;
  #timer: NodeJS.Timeout | undefined;
  #isHurried = false;
  #flushing: Promise<void> | undefined;
  #isClosed = false;
  readonly #counts = { written: 0, dropped: 0, bytes: 0, errors: 0, outcomes: 0 };

  constructor({ sink, makeRow, troubles, flushMs = FLUSH_MS, closeMs = CLOSE_MS }: LogParts) {
    this.#sink = sink;
    this.#makeRow = makeRow;
    this.#troubles = logTroubles(troubles);
    this.#flushMs = flushMs;
    this.#closeMs = closeMs;
    this.#expiry = setInterval(() => void this.#expire(), EXPIRY_MS).unref();
    void this.#expire();
  }

  get counts(): LogCounts {
    return { ...this.#counts, waiting: this.#waitingRows };
  }

  /** Remembers an answer that is about to be given. Never waits and never fails. */
  record(given: GivenPredictions): void {
    const rows = given.predictions.length;
    if (rows === 0) return;
    if (this.#isClosed || this.#waitingRows >= MAX_WAITING.rows || this.#waitingBytes >= MAX_WAITING.bytes) {
      this.#counts.dropped += rows;
      this.#troubles.dropped(rows);
      return;
    }
    this.#queue.push({ given, taken: 0 });
    this.#waitingRows += rows;
    this.#waitingBytes += rowBytes(given) * rows;
    this.#schedule();
  }

  /** Resolves when there is room for more, or the sink is broken and waiting would be in vain. */
  async room(): Promise<void> {
    while (this.#waitingRows > MAX_WAITING.rows / 2 && this.#failures === 0 && !this.#isClosed) await this.flush();
  }

  /** Writes what waits. Resolves when that is done, or was tried in vain. */
  flush(): Promise<void> {
    this.#flushing ??= this.#drain().finally(() => {
      this.#flushing = undefined;
      if (this.#waitingRows > 0 && !this.#isClosed) this.#schedule();
    });
    return this.#flushing;
  }

  /**
   * Keeps outcomes; resolves when they are kept.
   *
   * @throws SERVE_LOG_BROKEN when they are not.
   */
  async writeOutcomes(rows: readonly OutcomeRow[]): Promise<void> {
    await this.#orBroken(this.#sink.writeOutcomes(rows));
    this.#counts.outcomes += rows.length;
  }

  /** @throws SERVE_LOG_BROKEN */
  async find(
    id: string,
  ): Promise<{ readonly row: PredictionRow; readonly outcomes: readonly OutcomeRow[] } | undefined> {
    await this.flush();
    const row = await this.#orBroken(this.#sink.findPrediction(id));
    return row === undefined ? undefined : { row, outcomes: await this.#orBroken(this.#sink.outcomesOf(id)) };
  }

  /** @throws SERVE_LOG_BROKEN */
  async knownIds(ids: readonly string[]): Promise<ReadonlySet<string>> {
    await this.flush();
    return this.#orBroken(this.#sink.knownIds(ids));
  }

  /** Writes what waits, gives up on it after a while, and closes the sink. */
  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearInterval(this.#expiry);
    const over = new AbortController();
    const deadline = sleep(this.#closeMs, undefined, { signal: over.signal }).catch(() => undefined);
    await Promise.race([this.#finish(over.signal), deadline]);
    over.abort();
    clearTimeout(this.#timer);
    if (this.#waitingRows > 0) this.#troubles.lost(this.#waitingRows);
    this.#counts.dropped += this.#waitingRows;
    this.#waitingRows = 0;
  }

  async #finish(signal: AbortSignal): Promise<void> {
    await this.flush();
    while (this.#waitingRows > 0 && !signal.aborted) {
      await sleep(this.#flushMs);
      await this.flush();
    }
    await this.#sink.close().catch((cause: unknown) => this.#troubles.failed(cause));
  }

  #schedule(): void {
    if (this.#flushing !== undefined) return;
    if (this.#waitingRows >= WRITE_AT_ROWS && this.#failures === 0) {
      if (this.#isHurried) return;
      this.#isHurried = true;
      // After the answers that are under way.
      setImmediate(() => {
        this.#isHurried = false;
        void this.flush();
      });
    } else {
      const pauseMs = Math.min(this.#flushMs * 2 ** this.#failures, LONGEST_PAUSE_MS);
      this.#timer ??= setTimeout(() => void this.flush(), pauseMs);
    }
  }

  async #drain(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#waitingRows > 0) {
      if (this.#rows.length === 0) this.#rows = this.#take();
      try {
        const { rows, bytes } = await this.#sink.writePredictions(this.#rows);
        this.#rows = this.#rows.slice(rows);
        this.#waitingRows -= rows;
        this.#counts.written += rows;
        this.#counts.bytes += bytes;
        if (this.#failures > 0) this.#troubles.recovered();
        this.#failures = 0;
      } catch (cause) {
        this.#failures++;
        this.#counts.errors++;
        this.#troubles.failed(cause);
        return;
      }
    }
  }

  /** Makes rows of what has waited longest. */
  #take(): readonly PredictionRow[] {
    const rows: PredictionRow[] = [];
    let done = 0;
    for (const waiting of this.#queue) {
      const { given } = waiting;
      const end = Math.min(given.predictions.length, waiting.taken + BATCH_ROWS - rows.length);
      this.#waitingBytes -= rowBytes(given) * (end - waiting.taken);
      while (waiting.taken < end) rows.push(this.#makeRow(given, waiting.taken++));
      if (end === given.predictions.length) done++;
      if (rows.length >= BATCH_ROWS) break;
    }
    this.#queue = this.#queue.slice(done);
    return rows;
  }

  async #expire(): Promise<void> {
    await this.#sink.removeExpired().catch((cause: unknown) => {
      this.#counts.errors++;
      this.#troubles.failed(cause);
    });
  }

  async #orBroken<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      this.#counts.errors++;
      this.#troubles.failed(cause);
      throw predictionLogError('SERVE_LOG_BROKEN', {}, { cause });
    }
  }
}

function rowBytes({ features }: GivenPredictions): number {
  return ROW_BYTES + features.columns.length * 8;
}
