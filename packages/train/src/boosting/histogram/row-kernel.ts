import { addResidualsCode, addSignsCode, subtractCode, totalCode } from './histogram-code.js';
import { binCode, divideCode, shiftCode } from './row-code.js';
import { scanCode } from './scan-code.js';
import { wasmModule } from '../../wasm/wasm-module.js';

/**
 * The loops over rows and bins. Places are byte addresses in the memory; `end` is the address after a stretch. A row is
 * its residual, 8 bytes, and its bins, one byte per feature, up to a multiple of 8.
 */
export interface RowKernel {
  /** Writes the bin of each value: how many of the 255 thresholds, padded with Infinity, are below it. */
  bin(values: number, end: number, thresholds: number, bins: number): void;
  /** Adds `unit` and `residual * scale`, rounded to the even integer of two, to the word of each of the row's bins. */
  addResiduals(rows: number, end: number, histogram: number, scale: number, unit: bigint): void;
  /** Adds `above` or, where the residual is below 0, `below` to the word of each of the row's bins. */
  addSigns(rows: number, end: number, histogram: number, below: bigint, above: bigint): void;
  /** Subtracts the words of one histogram from those of another. */
  subtract(histogram: number, end: number, other: number): void;
  /** The sum of words, as a signed integer. */
  total(words: number, end: number): bigint;
  /**
   * Looks for a cut after one of the words of a feature before `end` that is better than the one at `cut`, and writes it
   * there as three doubles: its gain, the count and the sum on its left. Returns the address of its word, or 0.
   *
   * The gain is `SL^2 / (nL + l2) + SR^2 / (nR + l2)`. `missing` is 1 where missing values go left, else 0. `count` and
   * `sum` are the node's, `sumBits` and `offset` the quantization's.
   */
  scan(
    ...search: [
      histogram: number,
      end: number,
      missing: number,
      count: number,
      sum: number,
      minSamplesLeaf: number,
      l2: number,
      sumBits: number,
      offset: number,
      cut: number,
    ]
  ): number;
  /**
   * Copies rows to another place: to its front, whose first row is at `left`, those whose bin in the feature has a 1 in
   * `sides`, to its back, whose last row is at `right`, the others.
   */
  divide(rows: number, end: number, feature: number, sides: number, left: number, right: number): void;
  /** Copies rows, less a leaf's value, and returns the largest size of a residual that is left. */
  shift(rows: number, end: number, to: number, value: number): number;
}

/** What is used of the global `WebAssembly`, whose types come with the DOM's. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

const PAGE_BYTES = 65_536;

/** Compiled modules by the number of features: a module gets faster while it is used. */
const modules = new Map<number, object>();

/**
 * Memory for rows of so many features, and the loops over them. WebAssembly adds a count and a sum as one 64-bit
 * integer, for which JavaScript has no fast type; `test/boosting/plain-kernel.ts` says the same in plain loops.
 */
export function rowKernel(
  memoryBytes: number,
  featureCount: number,
): { readonly buffer: ArrayBuffer; readonly kernel: RowKernel } {
  const memory = new WebAssembly.Memory({ initial: Math.ceil(memoryBytes / PAGE_BYTES) });
  const module = modules.get(featureCount) ?? new WebAssembly.Module(kernelCode(featureCount));
  modules.set(featureCount, module);
  const { exports } = new WebAssembly.Instance(module, { rows: { memory } });
  if (!isKernel(exports)) throw new TypeError('the kernel lacks a function');
  return { buffer: memory.buffer, kernel: exports };
}

function isKernel(exports: object): exports is RowKernel {
  const names = [
    'bin',
    'addResiduals',
    'addSigns',
    'subtract',
    'total',
    'scan',
    'divide',
    'shift',
  ] satisfies (keyof RowKernel)[];
  return names.every((name) => typeof Reflect.get(exports, name) === 'function');
}

function kernelCode(featureCount: number): Uint8Array<ArrayBuffer> {
  return wasmModule([
    binCode(featureCount),
    addResidualsCode(featureCount),
    addSignsCode(featureCount),
    subtractCode(),
    totalCode(),
    scanCode(),
    divideCode(featureCount),
    shiftCode(featureCount),
  ]);
}
