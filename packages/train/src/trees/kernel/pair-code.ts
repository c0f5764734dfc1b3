import { I32, i32, next, repeatWhile, select, when } from '../../boosting/histogram/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../boosting/histogram/wasm-module.js';
import { NO_FEATURE, PLACE, setValue, valueOf } from './kernel-fields.js';

/**
 * Code of `cutPair`, which finds the best cut of a node of two rows: all cuts part the one from the other and are equally
 * good, so it is that of the first feature in which they differ. `rows` is the address of the first row.
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
      low: I32,
      high: I32,
      features: I32,
      feature: I32,
      bestFeature: I32,
    },
    ({ rows, place, lastPlace, bins, others, low, high, features, feature, bestFeature }) => {
      const binsOf = (offset: number) =>
        i32.add(valueOf('bins'), i32.mul(i32.load(rows.get, offset), i32.const(2 * width)));
      const first = i32.load(place.get, PLACE.first);
      const isLower = i32.lt(low.get, high.get);
      return [
        place.set(valueOf('places')),
        lastPlace.set(valueOf('lastPlace')),
        features.set(valueOf('features')),
        bins.set(binsOf(0)),
        others.set(binsOf(4)),
        bestFeature.set(i32.const(NO_FEATURE)),
        repeatWhile(
          i32.ne(place.get, lastPlace.get),
          low.set(i32.load16(bins.get)),
          high.set(i32.load16(others.get)),
          when(
            i32.ne(low.get, high.get),
            // `feature` keeps the higher bin while they are sorted.
            feature.set(select(high.get, low.get, isLower)),
            low.set(select(low.get, high.get, isLower)),
            high.set(feature.get),
            // A digit is cut at one of the two bins: at the first that has a feature.
            when(
              i32.isZero(i32.load(place.get, PLACE.isRanked)),
              high.set(select(high.get, low.get, i32.eq(low.get, first))),
              low.set(high.get),
            ),
            feature.set(i32.load(i32.add(features.get, i32.shl(high.get, i32.const(2))))),
            when(
              i32.lt(feature.get, bestFeature.get),
              bestFeature.set(feature.get),
              setValue('cutPlace', place.get),
              setValue('cutLow', low.get),
              setValue('cutHigh', high.get),
            ),
          ),
          next(bins, 2),
          next(others, 2),
          next(place, PLACE.bytes),
        ),
        i32.ne(bestFeature.get, i32.const(NO_FEATURE)),
      ];
    },
    I32,
  );
}
