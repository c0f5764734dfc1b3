import { deliverRecord, type DeliveredRecord } from './deliver-record.js';
import type { RecordingTarget, TargetRun } from './recording-target.js';
import type { Spool } from './spool.js';
import type { RecordedMetric, RecordHead, TrainingRecord } from './training-record.js';

/** What became of a training's record. */
export type Recorded =
  | ({
      readonly kind: 'delivered';
      /** How many records of earlier trainings, which had waited in the spool, were delivered with it. */
      readonly earlier: number;
    } & DeliveredRecord)
  /** The target did not take it: it is kept in `folder` and delivered by the next training. */
  | { readonly kind: 'spooled'; readonly folder: string; readonly reason: string }
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

/**
 * Reports to a target, and to a spool where the target fails.
 *
 * @param open Opens the target when it is needed, once.
 * @param now The time in milliseconds.
 */
export function recorderOf(open: () => Promise<RecordingTarget>, spool: Spool, now: () => number = Date.now): Recorder {
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
        target = await opening;
        begun = await target.startRun(head);
      } catch (error) {
        isDown = true;
        failedAt = now();
        failure = error;
      }
    },
    progress(metrics) {
      if (target === undefined || begun === undefined || isDown || sending !== undefined) return;
      sending = target
        .log(begun.runId, { metrics })
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
      try {
        const opened = await (opening ?? open());
        // What cannot be delivered now stays in the spool.
        const earlier = await deliverSpooled(opened, spool).then(
          ({ delivered }) => delivered.length,
          () => 0,
        );
        return { kind: 'delivered', earlier, ...(await deliverRecord(opened, record, begun)) };
      } catch (error) {
        return keep(spool, record, reasonOf(error));
      }
    },
  };
}

/**
 * Delivers what earlier trainings left in the spool.
 *
 * @returns The records that were delivered, and the files that are no records.
 */
export async function deliverSpooled(
  target: RecordingTarget,
  spool: Spool,
): Promise<{ readonly delivered: readonly DeliveredRecord[]; readonly unreadable: readonly string[] }> {
  const { records, unreadable } = await spool.kept();
  const delivered: DeliveredRecord[] = [];
  for (const record of records) {
    delivered.push(await deliverRecord(target, record));
    await spool.drop(record.id);
  }
  return { delivered, unreadable };
}

async function keep(spool: Spool, record: TrainingRecord, reason: string): Promise<Recorded> {
  try {
    await spool.keep(record);
    return { kind: 'spooled', folder: spool.folder, reason };
  } catch (error) {
    return { kind: 'lost', reason: `${reason}; and ${spool.folder} cannot be written: ${reasonOf(error)}` };
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
