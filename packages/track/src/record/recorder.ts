import { deliverRecord, type DeliveredRecord } from './deliver-record.js';
import { deliverSpooled, type RefusedRecord } from './deliver-spooled.js';
import type { RecordingTarget, TargetRun } from './recording-target.js';
import type { Spool } from './spool.js';
import type { RecordedMetric, RecordHead, TrainingRecord } from './training-record.js';

/** What became of a training's record. */
export type Recorded =
  | ({
      readonly kind: 'delivered';
      /** How many records of earlier trainings, which had waited in the spool, were delivered with it. */
      readonly earlier: number;
      /** Those that the target refused for good; they are set aside. */
      readonly refused: readonly RefusedRecord[];
    } & DeliveredRecord)
  /** The target did not take it: it is kept in `folder` and delivered by the next training. */
  | {
      readonly kind: 'spooled';
      readonly folder: string;
      readonly reason: string;
      readonly refused: readonly RefusedRecord[];
    }
  /** Neither the target nor the disk took it. */
  | { readonly kind: 'lost'; readonly reason: string };

/** Reports one training. None of it ever fails: what the target does not take is kept on disk. */
export interface Recorder {
  /** Begins the run, so that others can watch it. */
  begin(head: RecordHead): Promise<void>;
  /** Reports progress; where the target is slower than the training, some of it is left out. */
  progress(metrics: readonly RecordedMetric[]): void;
  /** Writes what earlier trainings left in the spool, so that their versions come first, and then everything of this one. */
  finish(record: TrainingRecord): Promise<Recorded>;
}

/** How long a target that failed is left alone. */
const PAUSE_MS = 10_000;

/** How a recorder is set up. */
export interface RecorderOptions {
  /** The time in milliseconds. */
  readonly now?: () => number;
  /** Ends all waiting for the target; the record is kept in the spool then, with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Reports to a target, and to a spool where the target fails.
 *
 * @param open Opens the target when it is needed, once.
 */
export function recorderOf(
  open: () => Promise<RecordingTarget>,
  spool: Spool,
  { now = Date.now, signal }: RecorderOptions = {},
): Recorder {
  let opening: Promise<RecordingTarget> | undefined;
  let target: RecordingTarget | undefined;
  let begun: TargetRun | undefined;
  let isDown = false;
  let failedAt = -Infinity;
  let failure: unknown;
  let sending: Promise<void> | undefined;

  return {
    async begin(head) {
      try {
        opening = open();
        target = await unlessAborted(opening, signal);
        begun = await unlessAborted(target.startRun(head), signal);
      } catch (error) {
        isDown = true;
        failedAt = now();
        failure = error;
      }
    },
    progress(metrics) {
      if (target === undefined || begun === undefined || isDown || sending !== undefined) return;
      sending = unlessAborted(target.log(begun.runId, { metrics }), signal)
        .catch(() => {
          isDown = true;
        })
        .finally(() => {
          sending = undefined;
        });
    },
    async finish(record) {
      await sending;
      // A target that failed a moment ago is not waited for a second time.
      if (now() - failedAt < PAUSE_MS) return keep(spool, record, reasonOf(failure));
      let refused: readonly RefusedRecord[] = [];
      try {
        const opened = await unlessAborted(opening ?? open(), signal);
        const earlier = await unlessAborted(deliverSpooled(opened, spool), signal);
        refused = earlier.refused;
        const delivered = await unlessAborted(deliverRecord(opened, record, begun), signal);
        return { kind: 'delivered', earlier: earlier.delivered.length, refused, ...delivered };
      } catch (error) {
        return keep(spool, record, reasonOf(error), refused);
      }
    },
  };
}

async function keep(
  spool: Spool,
  record: TrainingRecord,
  reason: string,
  refused: readonly RefusedRecord[] = [],
): Promise<Recorded> {
  try {
    await spool.keep(record);
    return { kind: 'spooled', folder: spool.folder, reason, refused };
  } catch (error) {
    return { kind: 'lost', reason: `${reason}; and ${spool.folder} cannot be written: ${reasonOf(error)}` };
  }
}

/** The result of some work, or the reason of the signal where that comes first. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (signal === undefined) return work;
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason instanceof Error ? signal.reason : new Error('cancelled'));
    };
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
