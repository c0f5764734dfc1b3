const QUIET_MS = 60_000;

/** Where a log says what went wrong: the server's own log. */
export interface TroubleLog {
  warn(details: object, message: string): void;
  info(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Says what went wrong with a log of predictions, at most once a minute. */
export function logTroubles(log: TroubleLog, now: () => number = () => performance.now()) {
  let saidAt = -Infinity;
  let dropped = 0;
  const say = (details: object, message: string) => {
    if (now() - saidAt < QUIET_MS) return;
    saidAt = now();
    log.warn({ ...details, dropped }, message);
  };
  return {
    failed: (cause: unknown) => say({ reason: reasonOf(cause) }, 'predictions cannot be recorded; trying again'),
    dropped(rows: number) {
      dropped += rows;
      say({}, 'predictions are dropped from the log, which cannot keep up');
    },
    recovered() {
      saidAt = -Infinity;
      log.info({ dropped }, 'predictions are recorded again');
    },
    lost: (rows: number) => log.error({ lost: rows }, 'the server stopped with predictions that were not recorded'),
  };
}

/** The system's own sentence: it names files and addresses, never inputs. */
function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
