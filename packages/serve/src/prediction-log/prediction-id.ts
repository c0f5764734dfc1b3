import { randomUUID } from 'node:crypto';

/** How far a clock may step back before its new time counts: corrections by NTP stay below, a wrong hour does not. */
const STEP_BACK_MS = 10_000;

const BASE_LENGTH = 36;

/** What a prediction's id looks like. */
export const PREDICTION_ID =
  /^([\da-f]{8})-([\da-f]{4})-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}(?:\.(?:0|[1-9]\d{0,8}))?$/;

/** The id of an answer, and the moment that is written in it. */
export interface AnswerId {
  /** A prediction's id where the answer has one; in a list, prediction `i` is `<id>.<i>`, counted from 0. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Makes ids of answers: UUIDs of version 7 (RFC 9562), which sort by time, those of one millisecond too, and hold 62
 * random bits, so that nobody guesses one.
 *
 * @param now Milliseconds since 1970.
 */
export function answerIds(now: () => number): () => AnswerId {
  let at = 0;
  let counter = 0;
  let time = '';
  return () => {
    const moment = now();
    const isNew = moment > at || moment < at - STEP_BACK_MS;
    counter = isNew ? 0 : (counter + 1) & 0xfff;
    if (isNew || counter === 0) {
      at = isNew ? moment : at + 1;
      const hex = at.toString(16).padStart(12, '0');
      time = `${hex.slice(0, 8)}-${hex.slice(8)}`;
    }
    // A random UUID ends in what a time-ordered one ends in: the variant and 62 random bits.
    return { id: `${time}-7${counter.toString(16).padStart(3, '0')}-${randomUUID().slice(19)}`, at };
  };
}

/** The moment in a prediction's id, in milliseconds since 1970; undefined for a text that is none. */
export function predictionTime(id: string): number | undefined {
  const parts = PREDICTION_ID.exec(id);
  return parts === null ? undefined : Number.parseInt(parts[1] + parts[2], 16);
}

/** Orders ids by time; those of one list by their place in it. */
export function comparePredictionIds(a: string, b: string): number {
  const [baseA, baseB] = [a.slice(0, BASE_LENGTH), b.slice(0, BASE_LENGTH)];
  if (baseA !== baseB) return baseA < baseB ? -1 : 1;
  return Number(a.slice(BASE_LENGTH + 1)) - Number(b.slice(BASE_LENGTH + 1));
}
