import { predictionTime } from '../prediction-id.js';
import { utcDay } from './file-name.js';

/** The UTC day of a prediction, counted from 1970. */
export function dayOf(id: string): number {
  return utcDay(predictionTime(id) ?? 0);
}

/** Parts things by the day of the prediction that they belong to, each part in the given order. */
export function byDay<T>(things: readonly T[], idOf: (thing: T) => string): ReadonlyMap<number, readonly T[]> {
  const days = new Map<number, T[]>();
  for (const thing of things) {
    const day = dayOf(idOf(thing));
    const ofDay = days.get(day);
    if (ofDay === undefined) days.set(day, [thing]);
    else ofDay.push(thing);
  }
  return days;
}
