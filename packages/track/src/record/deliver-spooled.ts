import { ScorecastError } from '@scorecast/core';
import { deliverRecord, type DeliveredRecord } from './deliver-record.js';
import type { RecordingTarget } from './recording-target.js';
import type { Spool } from './spool.js';
import type { TrainingRecord } from './training-record.js';

/** A record that the target will never take. */
export interface RefusedRecord {
  /** Where it is now. */
  readonly file: string;
  readonly reason: string;
}

/** What became of the records of earlier trainings. */
export interface DeliveredSpool {
  readonly delivered: readonly DeliveredRecord[];
  readonly refused: readonly RefusedRecord[];
  /** Files of the spool that are no records. */
  readonly unreadable: readonly string[];
}

/** What a target says to a record that would be no better the next time. */
const FOR_GOOD = new Set([
  'INVALID_PARAMETER_VALUE',
  'BAD_REQUEST',
  'RESOURCE_ALREADY_EXISTS',
  'ALREADY_EXISTS',
  'RESOURCE_CONFLICT',
]);

/** What is about the record rather than about the target, though the next time may be better. */
const FOR_NOW = new Set(['INTERNAL_ERROR', 'INVALID_STATE', 'RESOURCE_DOES_NOT_EXIST', 'NOT_IMPLEMENTED']);

/**
 * Delivers what earlier trainings left in the spool, oldest first. A record that the target refuses for good is set aside, so
 * that it keeps up none of the others; what cannot be delivered now stays. It never fails: a folder that cannot be read has
 * nothing to deliver.
 */
export async function deliverSpooled(target: RecordingTarget, spool: Spool): Promise<DeliveredSpool> {
  const { records, unreadable } = await spool.kept().catch(() => ({ records: [], unreadable: [] }));
  const delivered: DeliveredRecord[] = [];
  const refused: RefusedRecord[] = [];
  for (const record of records) {
    const outcome = await deliver(target, spool, record).catch(() => undefined);
    if (outcome === undefined) break;
    if (outcome === 'later') continue;
    if ('run' in outcome) delivered.push(outcome);
    else refused.push(outcome);
  }
  return { delivered, refused, unreadable };
}

/** @returns What became of it, or `later` where the target may take it another time. */
async function deliver(
  target: RecordingTarget,
  spool: Spool,
  record: TrainingRecord,
): Promise<DeliveredRecord | RefusedRecord | 'later'> {
  try {
    const delivered = await deliverRecord(target, record);
    await spool.drop(record.id);
    return delivered;
  } catch (error) {
    if (!(error instanceof ScorecastError)) throw error;
    if (FOR_NOW.has(error.code)) return 'later';
    if (!FOR_GOOD.has(error.code)) throw error;
    return { file: await spool.setAside(record, error.message), reason: error.message };
  }
}
