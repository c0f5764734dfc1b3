import { F64, f64, I32, i32, I64, i64, repeatWhile, select, type Code, type Variable } from './wasm-code.js';
import { wasmFunction, wasmModule, type WasmFunction } from './wasm-module.js';

/** Bins of a feature: 0 to 254 hold values, this one holds what is missing. */
export const MISSING_BIN = 255;

/** The bytes of one feature's histogram: 256 words of 8 bytes. */
export const HISTOGRAM_BYTES = 2048;

/** The loops over rows. Places are byte addresses in the memory; `end` is the address after a stretch. */
export interface RowKernel {
  /** Writes the bin of each value: how many of the 255 thresholds, padded with Infinity, are below it. */
  bin(values: number, end: number, thresholds: number, bins: number): void;
  /** Adds `unit + floor(residual * scale + .5)` to the word of the row's bin, for each row and feature. */
  addResiduals(residuals: number, end: number, bins: number, histogram: number, scale: number, unit: bigint): void;
  /** Adds `above` or, where the residual is below 0, `below` to the word of the row's bin. */
  addSigns(residuals: number, end: number, bins: number, histogram: number, below: bigint, above: bigint): void;
  /** Subtracts the words of one histogram from those of another. */
  subtract(histogram: number, end: number, other: number): void;
  /**
   * Copies rows to the other place: from its front those whose bin in the feature has a 1 in `sides`, from its back the
   * others. `left` and `right` are the first and last row number there.
   */
  divide(
    ...places: [
      residuals: number,
      end: number,
      bins: number,
      feature: number,
      sides: number,
      toResiduals: number,
      toBins: number,
      left: number,
      right: number,
    ]
  ): void;
  /** Subtracts a leaf's value from its residuals, and returns the largest size that is left. */
  shift(residuals: number, end: number, value: number): number;
}

/** What is used of the global `WebAssembly`, whose types come with the DOM's. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

const PAGE_BYTES = 65_536;

/**
 * Memory for rows of so many features, and the loops over them. WebAssembly adds a count and a sum as one 64-bit
 * integer, for which JavaScript has no fast type; `test/boosting/plain-kernel.ts` says the same in plain loops.
 *
 * @param width Bytes from row to row: the number of features, rounded up to a multiple of 8.
 */
export function rowKernel(
  memoryBytes: number,
  featureCount: number,
  width: number,
): { readonly buffer: ArrayBuffer; readonly kernel: RowKernel } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(memoryBytes / PAGE_BYTES) });
  const module = new WebAssembly.Module(kernelCode(featureCount, width));
  const { exports } = new WebAssembly.Instance(module, { rows: { memory } });
  if (!isKernel(exports)) throw new TypeError('the kernel lacks a function');
  return { buffer: memory.buffer, kernel: exports };
}

function isKernel(exports: object): exports is RowKernel {
  const names = ['bin', 'addResiduals', 'addSigns', 'subtract', 'divide', 'shift'] satisfies (keyof RowKernel)[];
  return names.every((name) => typeof Reflect.get(exports, name) === 'function');
}

function kernelCode(featureCount: number, width: number): Uint8Array<ArrayBuffer> {
  return wasmModule([
    binCode(width),
    addResidualsCode(featureCount, width),
    addSignsCode(featureCount, width),
    subtractCode(),
    divideCode(width),
    shiftCode(),
  ]);
}

/** Moves an address on. */
function next({ get, set }: Variable, bytes: number): Code {
  return set(i32.add(get, i32.const(bytes)));
}

function binCode(width: number): WasmFunction {
  return wasmFunction(
    'bin',
    { values: I32, end: I32, thresholds: I32, bins: I32 },
    { value: F64, below: I32 },
    ({ values, end, thresholds, bins, value, below }) => {
      // A search without branches, which no processor could foresee.
      const steps = [128, 64, 32, 16, 8, 4, 2, 1].map((half) => {
        const probe = f64.load(i32.add(thresholds.get, i32.shl(below.get, i32.const(3))), 8 * (half - 1));
        return below.set(i32.add(below.get, i32.mul(f64.lt(probe, value.get), i32.const(half))));
      });
      return [
        repeatWhile(
          i32.ne(values.get, end.get),
          value.set(f64.load(values.get)),
          below.set(i32.const(0)),
          ...steps,
          i32.store8(bins.get, select(i32.const(MISSING_BIN), below.get, f64.ne(value.get, value.get))),
          next(values, 8),
          next(bins, width),
        ),
      ];
    },
  );
}

function addResidualsCode(featureCount: number, width: number): WasmFunction {
  return wasmFunction(
    'addResiduals',
    { residuals: I32, end: I32, bins: I32, histogram: I32, scale: F64, unit: I64 },
    { term: I64, at: I32 },
    ({ residuals, end, bins, histogram, scale, unit, term, at }) => {
      const rounded = f64.floor(f64.add(f64.mul(f64.load(residuals.get), scale.get), f64.const(0.5)));
      return [
        repeatWhile(
          i32.ne(residuals.get, end.get),
          term.set(i64.add(i64.truncate(rounded), unit.get)),
          ...addTerm(featureCount, { bins, histogram, term, at }),
          next(residuals, 8),
          next(bins, width),
        ),
      ];
    },
  );
}

function addSignsCode(featureCount: number, width: number): WasmFunction {
  return wasmFunction(
    'addSigns',
    { residuals: I32, end: I32, bins: I32, histogram: I32, below: I64, above: I64 },
    { term: I64, at: I32 },
    ({ residuals, end, bins, histogram, below, above, term, at }) => [
      repeatWhile(
        i32.ne(residuals.get, end.get),
        term.set(select(below.get, above.get, f64.lt(f64.load(residuals.get), f64.const(0)))),
        ...addTerm(featureCount, { bins, histogram, term, at }),
        next(residuals, 8),
        next(bins, width),
      ),
    ],
  );
}

/** Adds the term to the word of the row's bin, for each feature; written out, without a loop. */
function addTerm(
  featureCount: number,
  { bins, histogram, term, at }: Readonly<Record<'bins' | 'histogram' | 'term' | 'at', Variable>>,
): readonly Code[] {
  return Array.from({ length: featureCount }, (_, feature) => {
    const offset = feature * HISTOGRAM_BYTES;
    const address = i32.add(histogram.get, i32.shl(i32.load8(bins.get, feature), i32.const(3)));
    return [...at.set(address), ...i64.store(at.get, i64.add(i64.load(at.get, offset), term.get), offset)];
  });
}

function subtractCode(): WasmFunction {
  return wasmFunction('subtract', { histogram: I32, end: I32, other: I32 }, {}, ({ histogram, end, other }) => [
    repeatWhile(
      i32.ne(histogram.get, end.get),
      i64.store(histogram.get, i64.sub(i64.load(histogram.get), i64.load(other.get))),
      next(histogram, 8),
      next(other, 8),
    ),
  ]);
}

function divideCode(width: number): WasmFunction {
  const [from, to] = [
    { residuals: I32, end: I32, bins: I32 },
    { toResiduals: I32, toBins: I32, left: I32, right: I32 },
  ] as const;
  const words = Array.from({ length: width / 8 }, (_, word) => 8 * word);
  return wasmFunction(
    'divide',
    { ...from, feature: I32, sides: I32, ...to },
    { side: I32, row: I32, place: I32 },
    ({ residuals, end, bins, feature, sides, toResiduals, toBins, left, right, side, row, place }) => [
      repeatWhile(
        i32.ne(residuals.get, end.get),
        side.set(i32.load8(i32.add(sides.get, i32.load8(i32.add(bins.get, feature.get))))),
        row.set(select(left.get, right.get, side.get)),
        place.set(i32.add(toBins.get, i32.mul(row.get, i32.const(width)))),
        ...words.map((word) => i64.store(place.get, i64.load(bins.get, word), word)),
        f64.store(i32.add(toResiduals.get, i32.shl(row.get, i32.const(3))), f64.load(residuals.get)),
        left.set(i32.add(left.get, side.get)),
        right.set(i32.sub(i32.add(right.get, side.get), i32.const(1))),
        next(residuals, 8),
        next(bins, width),
      ),
    ],
  );
}

function shiftCode(): WasmFunction {
  return wasmFunction(
    'shift',
    { residuals: I32, end: I32, value: F64 },
    { largest: F64 },
    ({ residuals, end, value, largest }) => [
      repeatWhile(
        i32.ne(residuals.get, end.get),
        f64.store(residuals.get, f64.sub(f64.load(residuals.get), value.get)),
        largest.set(f64.max(largest.get, f64.abs(f64.load(residuals.get)))),
        next(residuals, 8),
      ),
      largest.get,
    ],
    F64,
  );
}
