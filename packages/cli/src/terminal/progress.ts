import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from './terminal.js';

/** A line that shows how far long work is. It draws on stderr, and only where a person watches. */
export interface Progress {
  /** Shows `done` of `total` and a few words; the total may be unknown. */
  update(done: number, total: number | undefined, words: string): void;
  /** Removes the line. */
  stop(): void;
}

/** How often, at most, work of unknown length is reported where nobody watches. */
const QUIET_INTERVAL_MS = 10_000;

/** Starts a progress line; without a watching person it becomes a message every ten seconds. */
export function startProgress(terminal: Terminal, stream: NodeJS.WritableStream, now: () => number): Progress {
  return terminal.interactive ? drawnProgress(stream) : quietProgress(terminal, now);
}

function drawnProgress(stream: NodeJS.WritableStream): Progress {
  const format = '{bar} {value}/{total} {words}';
  const bar = new SingleBar(
    { stream, format, clearOnComplete: true, hideCursor: true, barsize: 24 },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update(done, total, words) {
      if (!started) bar.start(total ?? 0, done, { words });
      started = true;
      if (total !== undefined) bar.setTotal(total);
      bar.update(done, { words });
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

function quietProgress(terminal: Terminal, now: () => number): Progress {
  let reportedAt = now();
  return {
    update(done, total, words) {
      if (now() - reportedAt < QUIET_INTERVAL_MS) return;
      reportedAt = now();
      terminal.message('info', `${done}${total === undefined ? '' : `/${total}`} ${words}`, { done, total });
    },
    stop: () => undefined,
  };
}
