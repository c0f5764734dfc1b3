import { I32, i32, next, repeatWhile, select, whileTrue } from '../../wasm/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../wasm/wasm-module.js';
import { PLACE, valueOf } from './kernel-fields.js';

/**
 * Code of `divide`, which moves a node's rows by the cut that was found: those that go left to the front, both sides
 * keeping their order. Its result is the address where the right side begins.
 */
export function divideCode(width: number): WasmFunction {
  return wasmFunction(
    'divide',
    { start: I32, end: I32 },
    { from: I32, left: I32, right: I32, bins: I32, bin: I32, low: I32, isRanked: I32, row: I32, step: I32, last: I32 },
    ({ start, end, from, left, right, bins, bin, low, isRanked, row, step, last }) => [
      bins.set(i32.add(valueOf('bins'), i32.load(valueOf('cutPlace'), PLACE.offset))),
      isRanked.set(i32.load(valueOf('cutPlace'), PLACE.isRanked)),
      low.set(valueOf('cutLow')),
      from.set(start.get),
      left.set(start.get),
      right.set(valueOf('scratch')),
      // Without branches: every row is written to both sides, and only one side moves on.
      repeatWhile(
        i32.ne(from.get, end.get),
        row.set(i32.load(from.get)),
        bin.set(i32.load16(i32.add(bins.get, i32.mul(row.get, i32.const(2 * width))))),
        step.set(i32.shl(select(i32.le(bin.get, low.get), i32.ne(bin.get, low.get), isRanked.get), i32.const(2))),
        i32.store(left.get, row.get),
        i32.store(right.get, row.get),
        left.set(i32.add(left.get, step.get)),
        right.set(i32.add(right.get, i32.sub(i32.const(4), step.get))),
        next(from, 4),
      ),
      last.set(right.get),
      right.set(valueOf('scratch')),
      from.set(left.get),
      whileTrue(i32.ne(right.get, last.get), i32.store(from.get, i32.load(right.get)), next(from, 4), next(right, 4)),
      left.get,
    ],
    I32,
  );
}
