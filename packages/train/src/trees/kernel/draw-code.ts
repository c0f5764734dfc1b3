import {
  call,
  either,
  F64,
  f64,
  I32,
  i32,
  memory,
  next,
  repeatWhile,
  when,
  whileTrue,
  type Code,
  type Variable,
} from '../../wasm/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../wasm/wasm-module.js';
import { mixing } from '../../keyed-random.js';
import { PLACE, valueOf } from './kernel-fields.js';

/** Code of `mix`: the mixing of keyed randomness. */
export function mixCode(): WasmFunction {
  return wasmFunction(
    'mix',
    { value: I32 },
    {},
    ({ value }) => {
      const fold = (shift: number) => i32.xor(value.get, i32.shiftRight(value.get, i32.const(shift)));
      const [first, second] = mixing.factors;
      return [
        value.set(i32.mul(fold(16), i32.const(first | 0))),
        value.set(i32.mul(fold(13), i32.const(second | 0))),
        fold(16),
      ];
    },
    I32,
  );
}

const locals = {
  at: I32,
  feature: I32,
  featureCount: I32,
  pool: I32,
  drawn: I32,
  isUseful: I32,
  place: I32,
  bins: I32,
  bin: I32,
  firstBin: I32,
  row: I32,
  share: F64,
} as const;

/**
 * Code of `draw`, which draws the features that a node may choose from, without replacement, and more while all drawn ones
 * are constant in the node; their places are opened. `start` and `end` are the addresses of its rows.
 *
 * @param mix The number of `mix`.
 */
export function drawCode(width: number, mix: number): WasmFunction {
  return wasmFunction(
    'draw',
    { start: I32, end: I32, path: I32 },
    { ...locals, lastPlace: I32, seed: I32 },
    ({ start, end, path, lastPlace, seed, ...own }) => {
      const { at, feature, featureCount, pool, drawn, isUseful, place, share } = own;
      const inPool = (index: Code) => i32.add(pool.get, i32.shl(index, i32.const(2)));
      const key = call(mix, i32.add(path.get, i32.const(mixing.key | 0)));
      const number = call(mix, i32.add(seed.get, call(mix, i32.xor(drawn.get, i32.const(mixing.index)))));
      const isWanted = i32.or(i32.lt(drawn.get, valueOf('drawCount')), i32.isZero(isUseful.get));
      return [
        seed.set(call(mix, i32.xor(valueOf('seed'), i32.mul(key, i32.const(mixing.keyFactor | 0))))),
        pool.set(valueOf('pool')),
        featureCount.set(valueOf('featureCount')),
        repeatWhile(
          i32.ne(feature.get, featureCount.get),
          i32.store(inPool(feature.get), feature.get),
          next(feature, 1),
        ),
        memory.fill(valueOf('allowed'), i32.const(0), featureCount.get),
        place.set(valueOf('places')),
        lastPlace.set(valueOf('lastPlace')),
        repeatWhile(
          i32.ne(place.get, lastPlace.get),
          i32.store(place.get, i32.const(0), PLACE.isOpen),
          next(place, PLACE.bytes),
        ),
        whileTrue(
          i32.and(i32.lt(drawn.get, featureCount.get), isWanted),
          share.set(f64.mul(f64.ofUnsigned(number), f64.const(2 ** -32))),
          at.set(
            i32.add(drawn.get, i32.truncate(f64.mul(share.get, f64.ofInteger(i32.sub(featureCount.get, drawn.get))))),
          ),
          feature.set(i32.load(inPool(at.get))),
          i32.store(inPool(at.get), i32.load(inPool(drawn.get))),
          i32.store8(i32.add(valueOf('allowed'), feature.get), i32.const(1)),
          place.set(i32.load(i32.add(valueOf('featurePlaces'), i32.shl(feature.get, i32.const(2))))),
          when(
            place.get,
            i32.store(place.get, i32.const(1), PLACE.isOpen),
            when(i32.isZero(isUseful.get), ...lookForChange(own, start, end, width)),
          ),
          next(drawn, 1),
        ),
      ];
    },
  );
}

/** Whether the feature is not the same in all rows of the node. */
function lookForChange(own: Own, start: Variable, end: Variable, width: number): readonly Code[] {
  const { feature, isUseful, place, bins, bin, firstBin, row } = own;
  const binOfRow = i32.load16(i32.add(bins.get, i32.mul(i32.load(row.get), i32.const(2 * width))));
  const look = (isSame: Code) =>
    repeatWhile(
      i32.and(i32.ne(row.get, end.get), i32.isZero(isUseful.get)),
      isUseful.set(i32.isZero(isSame)),
      next(row, 4),
    );
  return [
    bins.set(i32.add(valueOf('bins'), i32.load(place.get, PLACE.offset))),
    row.set(start.get),
    firstBin.set(binOfRow),
    either(
      i32.load(place.get, PLACE.isRanked),
      [look(i32.eq(binOfRow, firstBin.get))],
      [
        // Rows of a digit differ in the feature where one is in its bin and the other is not.
        bin.set(i32.load(i32.add(valueOf('featureBins'), i32.shl(feature.get, i32.const(2))))),
        firstBin.set(i32.eq(firstBin.get, bin.get)),
        look(i32.eq(i32.eq(binOfRow, bin.get), firstBin.get)),
      ],
    ),
  ];
}

type Own = Readonly<Record<keyof typeof locals, Variable>>;
