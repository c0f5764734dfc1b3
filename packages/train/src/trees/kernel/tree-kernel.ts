import { wasmModule } from '../../wasm/wasm-module.js';
import { divideCode } from './divide-code.js';
import { drawCode, mixCode } from './draw-code.js';
import { growCode } from './grow-code.js';
import { addRowsCode, removeRowsCode, subtractCode } from './histogram-code.js';
import { cutPairCode } from './pair-code.js';
import { scanRandomCode } from './random-code.js';
import { scanHistogramCode, scanRowsCode } from './scan-code.js';

/** What grows trees from what its memory holds. */
export interface TreeKernel {
  /** Grows a tree and returns the number of its nodes. */
  grow(): number;
}

/** What is used of the global `WebAssembly`, whose types come with the DOM's. */
declare const WebAssembly: {
  readonly Memory: new (limits: { initial: number }) => Memory;
  readonly Module: new (code: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: Readonly<Record<string, unknown>> };
};

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

const PAGE_BYTES = 65_536;

// Each memory reserves gigabytes of addresses, so a thread has one, which holds what was grown from last.
let memory: Memory | undefined;
let holder: object | undefined;

/** Kernels by what they are made for. */
const kernels = new Map<string, TreeKernel>();

/** The kernel for rows of so many bins. */
export function treeKernel(width: number, thresholds: 'best' | 'random'): TreeKernel {
  const key = `${width} ${thresholds}`;
  const known = kernels.get(key);
  if (known !== undefined) return known;
  memory ??= new WebAssembly.Memory({ initial: 1 });
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(kernelCode(width, thresholds)), {
    rows: { memory },
  });
  if (!isKernel(exports)) throw new TypeError('the kernel lacks a function');
  kernels.set(key, exports);
  return exports;
}

/**
 * The memory of the kernels, filled anew where it holds something else than the caller's.
 *
 * @param load Writes what the caller needs there, into memory whose first `bytes` may hold anything.
 */
export function holdMemory(caller: object, bytes: number, load: (buffer: ArrayBuffer) => void): ArrayBuffer {
  memory ??= new WebAssembly.Memory({ initial: 1 });
  if (holder === caller) return memory.buffer;
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
  holder = undefined;
  load(memory.buffer);
  holder = caller;
  return memory.buffer;
}

function isKernel(exports: object): exports is TreeKernel {
  return typeof Reflect.get(exports, 'grow') === 'function';
}

function kernelCode(width: number, thresholds: 'best' | 'random'): Uint8Array<ArrayBuffer> {
  const functions = [
    addRowsCode(width),
    removeRowsCode(width),
    subtractCode(),
    scanHistogramCode(),
    cutPairCode(width),
    divideCode(width),
    mixCode(),
  ];
  const numberOf = (name: string) => functions.findIndex((one) => one.name === name);
  const [addRows, mix] = [numberOf('addRows'), numberOf('mix')];
  functions.push(
    scanRowsCode(width, addRows),
    scanRandomCode({ width, callees: { addRows, mix } }),
    drawCode(width, mix),
  );
  const grow = growCode(thresholds, {
    addRows,
    removeRows: numberOf('removeRows'),
    subtract: numberOf('subtract'),
    scanHistogram: numberOf('scanHistogram'),
    scanRows: numberOf('scanRows'),
    scanRandom: numberOf('scanRandom'),
    cutPair: numberOf('cutPair'),
    divide: numberOf('divide'),
    draw: numberOf('draw'),
  });
  return wasmModule([...functions, grow]);
}
