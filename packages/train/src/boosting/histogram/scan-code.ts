import { MISSING_BIN } from './row-layout.js';
import { F64, f64, I32, i32, I64, i64, next, repeatWhile, when } from '../../wasm/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../wasm/wasm-module.js';

/** Code of the kernel's `scan`. */
export function scanCode(): WasmFunction {
  return wasmFunction(
    'scan',
    {
      words: I32,
      end: I32,
      missing: I32,
      count: F64,
      sum: F64,
      minSamplesLeaf: F64,
      l2: F64,
      sumBits: I32,
      offset: F64,
      cut: I32,
    },
    {
      bits: I64,
      mask: I64,
      left: I64,
      leftCount: F64,
      leftSum: F64,
      rightCount: F64,
      rightSum: F64,
      leftWeight: F64,
      rightWeight: F64,
      scaledGain: F64,
      gain: F64,
      found: I32,
    },
    ({ words, end, missing, count, sum, minSamplesLeaf, l2, sumBits, offset, cut, ...own }) => {
      const { bits, mask, left, leftCount, leftSum, rightCount, rightSum } = own;
      const { leftWeight, rightWeight, scaledGain, gain, found } = own;
      const square = (value: typeof sum) => f64.mul(value.get, value.get);
      const weights = f64.mul(leftWeight.get, rightWeight.get);
      return [
        bits.set(i64.extend(sumBits.get)),
        mask.set(i64.sub(i64.shl(i64.const(1n), bits.get), i64.const(1n))),
        left.set(i64.mul(i64.load(words.get, 8 * MISSING_BIN), i64.extend(missing.get))),
        gain.set(f64.load(cut.get)),
        rightCount.set(count.get),
        repeatWhile(
          i32.and(i32.ne(words.get, end.get), f64.ge(rightCount.get, minSamplesLeaf.get)),
          left.set(i64.add(left.get, i64.load(words.get))),
          leftCount.set(f64.convert(i64.shiftRight(left.get, bits.get))),
          rightCount.set(f64.sub(count.get, leftCount.get)),
          when(
            i32.and(f64.ge(leftCount.get, minSamplesLeaf.get), f64.ge(rightCount.get, minSamplesLeaf.get)),
            leftSum.set(f64.sub(f64.convert(i64.and(left.get, mask.get)), f64.mul(leftCount.get, offset.get))),
            rightSum.set(f64.sub(sum.get, leftSum.get)),
            leftWeight.set(f64.add(leftCount.get, l2.get)),
            rightWeight.set(f64.add(rightCount.get, l2.get)),
            scaledGain.set(
              f64.add(f64.mul(square(leftSum), rightWeight.get), f64.mul(square(rightSum), leftWeight.get)),
            ),
            // Divisions are slow: only what seems better is divided.
            when(
              f64.gt(scaledGain.get, f64.mul(gain.get, weights)),
              scaledGain.set(f64.div(scaledGain.get, weights)),
              when(
                f64.gt(scaledGain.get, gain.get),
                gain.set(scaledGain.get),
                found.set(words.get),
                f64.store(cut.get, gain.get),
                f64.store(cut.get, leftCount.get, 8),
                f64.store(cut.get, leftSum.get, 16),
              ),
            ),
          ),
          next(words, 8),
        ),
        found.get,
      ];
    },
    I32,
  );
}
