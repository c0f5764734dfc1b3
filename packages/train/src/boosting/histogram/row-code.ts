import { BINS_OFFSET, MISSING_BIN, rowBytes } from './row-layout.js';
import { F64, f64, I32, i32, i64, i64x2, next, repeatWhile, select, type Code } from '../../wasm/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../wasm/wasm-module.js';

/** Code of the kernel's `bin`. */
export function binCode(featureCount: number): WasmFunction {
  return wasmFunction(
    'bin',
    { values: I32, end: I32, thresholds: I32, bins: I32 },
    { value: F64, below: I32 },
    ({ values, end, thresholds, bins, value, below }) => {
      // A search without branches, which no processor could foresee.
      const steps = [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => {
        const probe = f64.load(i32.add(thresholds.get, i32.shl(below.get, i32.const(3))), 8 * (2 ** bit - 1));
        return below.set(i32.add(below.get, i32.shl(f64.lt(probe, value.get), i32.const(bit))));
      });
      return [
        repeatWhile(
          i32.ne(values.get, end.get),
          value.set(f64.load(values.get)),
          below.set(i32.const(0)),
          ...steps,
          i32.store8(bins.get, select(i32.const(MISSING_BIN), below.get, f64.ne(value.get, value.get))),
          next(values, 8),
          next(bins, rowBytes(featureCount)),
        ),
      ];
    },
  );
}

/** Code of the kernel's `divide`. */
export function divideCode(featureCount: number): WasmFunction {
  const bytes = rowBytes(featureCount);
  return wasmFunction(
    'divide',
    { rows: I32, end: I32, feature: I32, sides: I32, left: I32, right: I32 },
    { bin: I32, side: I32, place: I32, step: I32 },
    ({ rows, end, feature, sides, left, right, bin, side, place, step }) => [
      repeatWhile(
        i32.ne(rows.get, end.get),
        bin.set(i32.load8(i32.add(rows.get, feature.get), BINS_OFFSET)),
        side.set(i32.load8(i32.add(sides.get, bin.get))),
        place.set(select(left.get, right.get, side.get)),
        ...copy(place.get, rows.get, 0, bytes),
        step.set(i32.mul(side.get, i32.const(bytes))),
        left.set(i32.add(left.get, step.get)),
        right.set(i32.sub(i32.add(right.get, step.get), i32.const(bytes))),
        next(rows, bytes),
      ),
    ],
  );
}

/** Code of the kernel's `shift`. */
export function shiftCode(featureCount: number): WasmFunction {
  const bytes = rowBytes(featureCount);
  return wasmFunction(
    'shift',
    { rows: I32, end: I32, to: I32, value: F64 },
    { residual: F64, largest: F64 },
    ({ rows, end, to, value, residual, largest }) => [
      repeatWhile(
        i32.ne(rows.get, end.get),
        residual.set(f64.sub(f64.load(rows.get), value.get)),
        f64.store(to.get, residual.get),
        ...copy(to.get, rows.get, BINS_OFFSET, bytes),
        largest.set(f64.max(largest.get, f64.abs(residual.get))),
        next(rows, bytes),
        next(to, bytes),
      ),
      largest.get,
    ],
    F64,
  );
}

/** Copies the bytes of a row from `start`, 16 at a time where there are so many. */
function copy(to: Code, from: Code, start: number, bytes: number): readonly Code[] {
  const pairs = Math.floor((bytes - start) / 16);
  const copied = Array.from({ length: pairs }, (_, pair) => start + 16 * pair);
  const rest = start + 16 * pairs;
  return [
    ...copied.map((offset) => i64x2.store(to, i64x2.load(from, offset), offset)),
    ...(rest < bytes ? [i64.store(to, i64.load(from, rest), rest)] : []),
  ];
}
