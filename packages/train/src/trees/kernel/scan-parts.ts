import { either, F64, f64, I32, i32, next, repeatWhile, when, type Code, type Variable } from '../../wasm/wasm-code.js';
import { ROW } from '../tally.js';
import { PLACE, priorityOf, setValue, TERM, valueOf } from './kernel-fields.js';

/** What is known of the node. */
export const nodeParams = { rowCount: F64, weight: F64, middle: F64, sum: F64 } as const;

/** What both scans keep on the way; `side` is one side of the cut that is tried, `low` and `bin` are next to it. */
export const scanLocals = {
  place: I32,
  lastPlace: I32,
  first: I32,
  bin: I32,
  low: I32,
  at: I32,
  minRows: F64,
  tally: F64,
  rawSum: F64,
  sideRows: F64,
  sideWeight: F64,
  sideSum: F64,
  restSum: F64,
  restWeight: F64,
  gain: F64,
  best: F64,
  feature: I32,
  priority: I32,
  bestPriority: I32,
} as const;

/** Their variables. */
export type Scan = Readonly<Record<keyof typeof nodeParams | keyof typeof scanLocals, Variable>>;

/** The address of a row's or bin's term. */
export function termOf({ get }: Variable, index: Code): Code {
  return i32.add(get, i32.mul(index, i32.const(TERM.bytes)));
}

/** Does the statements for each place that may be cut, and others for those that may not. */
export function scanPlaces(scan: Scan, statements: readonly Code[], ifClosed: readonly Code[] = []): readonly Code[] {
  const { place, lastPlace, first, tally, rawSum, minRows, best } = scan;
  return [
    place.set(valueOf('places')),
    lastPlace.set(valueOf('lastPlace')),
    minRows.set(f64.ofInteger(valueOf('minRows'))),
    best.set(f64.const(-Infinity)),
    repeatWhile(
      i32.ne(place.get, lastPlace.get),
      first.set(i32.load(place.get, PLACE.first)),
      tally.set(f64.const(0)),
      rawSum.set(f64.const(0)),
      either(i32.load(place.get, PLACE.isOpen), statements, ifClosed),
      next(place, PLACE.bytes),
    ),
    f64.ne(best.get, f64.const(-Infinity)),
  ];
}

/** Weighs the cut, one side of which has `tally` and `rawSum`; `take` gets those that are not worse than the best. */
export function weighCut(scan: Scan, take: readonly Code[]): readonly Code[] {
  const { rowCount, weight, middle, sum, minRows, tally, rawSum, sideRows, sideWeight, restWeight } = scan;
  const { sideSum, restSum, bin, gain, best, feature } = scan;
  const isEnough = (rows: Code) => f64.ge(rows, minRows.get);
  const square = ({ get }: Variable) => f64.mul(get, get);
  return [
    sideRows.set(f64.floor(f64.mul(tally.get, f64.const(1 / ROW)))),
    when(
      i32.and(isEnough(sideRows.get), isEnough(f64.sub(rowCount.get, sideRows.get))),
      sideWeight.set(f64.sub(tally.get, f64.mul(sideRows.get, f64.const(ROW)))),
      sideSum.set(f64.sub(rawSum.get, f64.mul(sideWeight.get, middle.get))),
      restSum.set(f64.sub(sum.get, sideSum.get)),
      restWeight.set(f64.sub(weight.get, sideWeight.get)),
      gain.set(f64.add(f64.div(square(sideSum), sideWeight.get), f64.div(square(restSum), restWeight.get))),
      when(
        f64.ge(gain.get, best.get),
        feature.set(i32.load(i32.add(valueOf('features'), i32.shl(bin.get, i32.const(2))))),
        when(i32.load8(i32.add(valueOf('allowed'), feature.get)), ...take),
      ),
    ),
  ];
}

/**
 * Takes the cut that has been weighed when it is better than the best so far, or as good and of a feature that goes
 * before.
 *
 * @param more What else to do then.
 */
export function takeBetter(scan: Scan, ...more: readonly Code[]): readonly Code[] {
  const { place, bin, low, gain, best, feature, priority, bestPriority } = scan;
  return [
    priority.set(priorityOf(feature)),
    when(
      i32.or(f64.gt(gain.get, best.get), i32.lt(priority.get, bestPriority.get)),
      best.set(gain.get),
      bestPriority.set(priority.get),
      setValue('cutPlace', place.get),
      setValue('cutLow', low.get),
      setValue('cutHigh', bin.get),
      ...more,
    ),
  ];
}
