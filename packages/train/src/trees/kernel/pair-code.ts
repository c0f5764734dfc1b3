import { either, I32, i32, next, repeatWhile, select, when, type Code, type Variable } from '../../wasm/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../wasm/wasm-module.js';
import { PLACE, priorityOf, setValue, valueOf } from './kernel-fields.js';

/** What no priority reaches. */
const NONE = 0x7fffffff;

/**
 * Code of `cutPair`, which finds the best cut of a node of two rows: all cuts part the one from the other and are equally
 * good, so it is that of the feature which goes before all others in which they differ. `rows` is the address of the first
 * row.
 */
export function cutPairCode(width: number): WasmFunction {
  return wasmFunction(
    'cutPair',
    { rows: I32 },
    {
      place: I32,
      lastPlace: I32,
      bins: I32,
      others: I32,
      bin: I32,
      other: I32,
      feature: I32,
      priority: I32,
      best: I32,
    },
    ({ rows, place, lastPlace, bins, others, bin, other, feature, priority, best }) => {
      const binsOf = (offset: number) =>
        i32.add(valueOf('bins'), i32.mul(i32.load(rows.get, offset), i32.const(2 * width)));
      const tryCut = (low: Code, high: Code) => [
        feature.set(i32.load(i32.add(valueOf('features'), i32.shl(high, i32.const(2))))),
        priority.set(priorityOf(feature)),
        when(
          i32.and(i32.lt(priority.get, best.get), i32.load8(i32.add(valueOf('allowed'), feature.get))),
          best.set(priority.get),
          setValue('cutPlace', place.get),
          setValue('cutLow', low),
          setValue('cutHigh', high),
        ),
      ];
      const isOfFeature = ({ get }: Variable) => i32.ne(get, i32.load(place.get, PLACE.first));
      const isLower = i32.lt(bin.get, other.get);
      return [
        place.set(valueOf('places')),
        lastPlace.set(valueOf('lastPlace')),
        bins.set(binsOf(0)),
        others.set(binsOf(4)),
        best.set(i32.const(NONE)),
        repeatWhile(
          i32.ne(place.get, lastPlace.get),
          bin.set(i32.load16(bins.get)),
          other.set(i32.load16(others.get)),
          when(
            i32.and(i32.ne(bin.get, other.get), i32.load(place.get, PLACE.isOpen)),
            either(
              i32.load(place.get, PLACE.isRanked),
              tryCut(select(bin.get, other.get, isLower), select(other.get, bin.get, isLower)),
              [
                when(isOfFeature(bin), ...tryCut(bin.get, bin.get)),
                when(isOfFeature(other), ...tryCut(other.get, other.get)),
              ],
            ),
          ),
          next(bins, 2),
          next(others, 2),
          next(place, PLACE.bytes),
        ),
        i32.ne(best.get, i32.const(NONE)),
      ];
    },
    I32,
  );
}
