import { metrics } from '@scorecast/core';
import type { FoldScore } from '../search/evaluate-fold.js';
import type { TrialOutcome } from './trial.js';

/**
 * Keeps finished trials, so that a search that was killed goes on from them. Where the records are kept is its own affair;
 * they are plain JSON.
 */
export interface TrialJournal {
  /**
   * The records of earlier searches with this fingerprint, oldest first; from then on the journal belongs to it.
   *
   * @param fingerprint A hash of everything that the trials' results depend on besides their candidates.
   */
  read(fingerprint: string): Promise<readonly unknown[]>;
  /** Keeps one more. When the promise resolves, the record outlives a crash. */
  append(record: TrialRecord): Promise<void>;
}

/** A finished trial as it is kept. */
export interface TrialRecord {
  /** The candidate with all of its params. */
  readonly key: string;
  readonly share: number;
  readonly outcome: TrialOutcome;
}

/** Writes records one after the other, while the search goes on. */
export interface JournalWriter {
  append(record: TrialRecord): void;
  /** @throws What kept a record from being written. */
  written(): Promise<void>;
}

/** A writer into a journal; without one it does nothing. */
export function journalWriter(journal: TrialJournal | undefined): JournalWriter {
  let failure: { readonly cause: unknown } | undefined;
  let queue: Promise<void> = Promise.resolve();
  return {
    append: (record) => {
      queue = queue
        .then(() => journal?.append(record))
        .catch((cause: unknown) => {
          failure ??= { cause };
        });
    },
    written: async () => {
      await queue;
      if (failure !== undefined) throw failure.cause;
    },
  };
}

/** The text that a trial is looked up by. */
export function trialKey({ key, share }: Pick<TrialRecord, 'key' | 'share'>): string {
  return `${share} ${key}`;
}

/** What was recorded, by {@link trialKey}. What is not a record is passed over: its trial is simply run again. */
export function recordedOutcomes(records: readonly unknown[]): Map<string, TrialOutcome> {
  return new Map(records.filter(isRecord).map((record) => [trialKey(record), record.outcome]));
}

function isRecord(value: unknown): value is { key: string; share: number; outcome: TrialOutcome } {
  if (!isObject(value) || typeof value['key'] !== 'string' || typeof value['share'] !== 'number') return false;
  const { outcome } = value;
  if (!isObject(outcome)) return false;
  if (outcome['kind'] === 'failed') return typeof outcome['reason'] === 'string';
  const { kind, folds } = outcome;
  return kind === 'scored' && Array.isArray(folds) && folds.length > 0 && folds.every(isFoldScore);
}

function isFoldScore(value: unknown): value is FoldScore {
  return (
    isObject(value) &&
    [value['train'], value['test']].every(
      (part) => isObject(part) && Object.keys(metrics).every((metric) => Number.isFinite(part[metric])),
    ) &&
    Number.isFinite(value['fitTimeMs'])
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
