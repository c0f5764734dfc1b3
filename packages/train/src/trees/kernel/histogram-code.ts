import { f64x2, I32, i32, next, repeatWhile, type Code } from '../../wasm/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../wasm/wasm-module.js';
import { TERM, valueOf } from './kernel-fields.js';

/** Code of `addRows`, which adds the terms of rows to their bins. `rows` and `end` are addresses. */
export function addRowsCode(width: number): WasmFunction {
  return moveRows('addRows', width, f64x2.add);
}

/** Code of `removeRows`, which subtracts them. */
export function removeRowsCode(width: number): WasmFunction {
  return moveRows('removeRows', width, f64x2.sub);
}

/** Code of `subtract`, which takes one histogram from another. */
export function subtractCode(): WasmFunction {
  return wasmFunction('subtract', { histogram: I32, part: I32 }, { end: I32 }, ({ histogram, part, end }) => [
    end.set(i32.add(histogram.get, i32.mul(valueOf('binCount'), i32.const(TERM.bytes)))),
    repeatWhile(
      i32.ne(histogram.get, end.get),
      f64x2.store(histogram.get, f64x2.sub(f64x2.load(histogram.get), f64x2.load(part.get))),
      next(histogram, TERM.bytes),
      next(part, TERM.bytes),
    ),
  ]);
}

/** For each row the bins of all places; written out, without a loop. */
function moveRows(name: string, width: number, move: (a: Code, b: Code) => Code): WasmFunction {
  return wasmFunction(
    name,
    { histogram: I32, row: I32, end: I32 },
    { bins: I32, terms: I32, term: I32, own: I32, at: I32 },
    ({ histogram, row, end, bins, terms, term, own, at }) => [
      bins.set(valueOf('bins')),
      terms.set(valueOf('terms')),
      repeatWhile(
        i32.ne(row.get, end.get),
        term.set(i32.add(terms.get, i32.mul(i32.load(row.get), i32.const(TERM.bytes)))),
        own.set(i32.add(bins.get, i32.mul(i32.load(row.get), i32.const(2 * width)))),
        ...Array.from({ length: width }, (_, place) => [
          ...at.set(i32.add(histogram.get, i32.mul(i32.load16(own.get, 2 * place), i32.const(TERM.bytes)))),
          ...f64x2.store(at.get, move(f64x2.load(at.get), f64x2.load(term.get))),
        ]),
        next(row, 4),
      ),
    ],
  );
}
