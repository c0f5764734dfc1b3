const DAY_MS = 86_400_000;

const PREDICTIONS = /^predictions-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-([\da-f]+)-\d+\.jsonl$/;
const OUTCOMES = /^outcomes-(\d{4})(\d\d)(\d\d)-([\da-f]+)\.jsonl$/;

/** A file of a log, as its name says. */
export interface LogFile {
  readonly name: string;
  readonly kind: 'predictions' | 'outcomes';
  /** The UTC day of the predictions in it, or that its outcomes belong to; counted from 1970. */
  readonly day: number;
  /** The time of its first prediction; of outcomes, the day's beginning. Milliseconds since 1970. */
  readonly startAt: number;
  /** Tells processes apart: each writes files of its own. */
  readonly writer: string;
}

/** `predictions-20261120T191500123Z-5e0c9a41-1.jsonl`; the writer counts its files: two may begin in one millisecond. */
export function predictionsName(startAt: number, writer: string, count: number): string {
  return `predictions-${new Date(startAt).toISOString().replaceAll(/[-:.]/g, '')}-${writer}-${count}.jsonl`;
}

/** `outcomes-20261120-5e0c9a41.jsonl` */
export function outcomesName(day: number, writer: string): string {
  return `outcomes-${new Date(day * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '')}-${writer}.jsonl`;
}

/** What a file's name says; undefined for a file that is none of a log. */
export function readFileName(name: string): LogFile | undefined {
  const [, ...parts] = PREDICTIONS.exec(name) ?? OUTCOMES.exec(name) ?? [];
  const writer = parts.pop();
  if (writer === undefined) return undefined;
  const [year, month, date, ...time] = parts.map(Number);
  const startAt = Date.UTC(year, month - 1, date, ...time);
  return { name, kind: time.length > 0 ? 'predictions' : 'outcomes', day: utcDay(startAt), startAt, writer };
}

/** The UTC day of a moment, counted from 1970. */
export function utcDay(at: number): number {
  return Math.floor(at / DAY_MS);
}
