import type { GrownArrays } from '../grown-arrays.js';
import type { TreeData } from '../tree-data.js';
import type { KernelAreas } from './kernel-areas.js';

/** What is written before a tree grows, and read after it. */
export interface KernelViews {
  readonly buffer: ArrayBuffer;
  /** All of the memory, for its fields. */
  readonly words: Int32Array;
  readonly weights: Float64Array;
  readonly targets: Float64Array;
  readonly priorities: Int32Array;
  readonly nodes: GrownArrays;
}

/** Views of the areas for so many rows and features. */
export function kernelViews(
  buffer: ArrayBuffer,
  { address }: KernelAreas,
  { rowCount, values }: TreeData,
): KernelViews {
  const nodeCount = 2 * rowCount;
  const doubles = (at: number, count: number) => new Float64Array(buffer, at, count);
  const integers = (at: number) => new Int32Array(buffer, at, nodeCount);
  return {
    buffer,
    words: new Int32Array(buffer),
    weights: doubles(address.weights, rowCount),
    targets: doubles(address.targets, rowCount),
    priorities: new Int32Array(buffer, address.priorities, values.length),
    nodes: {
      feature: integers(address.cutFeatures),
      threshold: doubles(address.thresholds, nodeCount),
      left: integers(address.lefts),
      right: integers(address.rights),
      missingLeft: new Uint8Array(buffer, address.missingLefts, nodeCount),
      value: doubles(address.values, nodeCount),
      cover: doubles(address.covers, nodeCount),
      rowCounts: integers(address.rowCounts),
      losses: doubles(address.losses, nodeCount),
    },
  };
}
