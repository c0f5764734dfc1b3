import { BINS_OFFSET, HISTOGRAM_BYTES, rowBytes } from './row-layout.js';
import {
  F64,
  f64,
  I32,
  i32,
  I64,
  i64,
  i64x2,
  next,
  repeatWhile,
  select,
  type Code,
  type Variable,
} from '../../wasm/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../wasm/wasm-module.js';

/**
 * A double of this size has a last bit worth 1: adding a number rounds that number to an integer, and the integer can be
 * read off the sum's bits.
 */
const ROUNDER = 1.5 * 2 ** 52;
const ROUNDER_BITS = new BigInt64Array(Float64Array.of(ROUNDER).buffer)[0];

/** Code of the kernel's `addResiduals`. */
export function addResidualsCode(featureCount: number): WasmFunction {
  return wasmFunction(
    'addResiduals',
    { rows: I32, end: I32, histogram: I32, scale: F64, unit: I64 },
    { term: I64, at: I32 },
    ({ rows, end, histogram, scale, unit, term, at }) => {
      const rounded = f64.add(f64.mul(f64.load(rows.get), scale.get), f64.const(ROUNDER));
      return [
        unit.set(i64.sub(unit.get, i64.const(ROUNDER_BITS))),
        repeatWhile(
          i32.ne(rows.get, end.get),
          term.set(i64.add(i64.bitsOf(rounded), unit.get)),
          ...addTerm(featureCount, { rows, histogram, term, at }),
          next(rows, rowBytes(featureCount)),
        ),
      ];
    },
  );
}

/** Code of the kernel's `addSigns`. */
export function addSignsCode(featureCount: number): WasmFunction {
  return wasmFunction(
    'addSigns',
    { rows: I32, end: I32, histogram: I32, below: I64, above: I64 },
    { term: I64, at: I32 },
    ({ rows, end, histogram, below, above, term, at }) => [
      repeatWhile(
        i32.ne(rows.get, end.get),
        term.set(select(below.get, above.get, f64.lt(f64.load(rows.get), f64.const(0)))),
        ...addTerm(featureCount, { rows, histogram, term, at }),
        next(rows, rowBytes(featureCount)),
      ),
    ],
  );
}

/** Adds the term to the word of the row's bin, for each feature; written out, without a loop. */
function addTerm(
  featureCount: number,
  { rows, histogram, term, at }: Readonly<Record<'rows' | 'histogram' | 'term' | 'at', Variable>>,
): readonly Code[] {
  return Array.from({ length: featureCount }, (_, feature) => {
    const offset = feature * HISTOGRAM_BYTES;
    const bin = i32.load8(rows.get, BINS_OFFSET + feature);
    const address = i32.add(histogram.get, i32.shl(bin, i32.const(3)));
    return [...at.set(address), ...i64.store(at.get, i64.add(i64.load(at.get, offset), term.get), offset)];
  });
}

/** Code of the kernel's `subtract`. */
export function subtractCode(): WasmFunction {
  return wasmFunction('subtract', { histogram: I32, end: I32, other: I32 }, {}, ({ histogram, end, other }) => [
    repeatWhile(
      i32.ne(histogram.get, end.get),
      i64x2.store(histogram.get, i64x2.sub(i64x2.load(histogram.get), i64x2.load(other.get))),
      next(histogram, 16),
      next(other, 16),
    ),
  ]);
}

/** Code of the kernel's `total`. */
export function totalCode(): WasmFunction {
  return wasmFunction(
    'total',
    { words: I32, end: I32 },
    { sum: I64 },
    ({ words, end, sum }) => [
      repeatWhile(i32.ne(words.get, end.get), sum.set(i64.add(sum.get, i64.load(words.get))), next(words, 8)),
      sum.get,
    ],
    I64,
  );
}
