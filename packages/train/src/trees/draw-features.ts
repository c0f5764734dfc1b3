import type { KeyedRandom } from '../keyed-random.js';
import type { OpenNode } from './find-cut.js';
import { SMALLEST_GAP } from './midpoint.js';

/**
 * Which features a node may choose from: `count` drawn without replacement, and more while all drawn ones are constant
 * in the node, as scikit-learn does. Nothing is drawn when `count` is all of them.
 *
 * @param random The node's own randomness.
 * @returns 1 for each feature that was drawn.
 */
export function drawFeatures(
  values: readonly Float64Array[],
  rows: Int32Array,
  node: OpenNode,
  count: number,
  random: KeyedRandom,
): Uint8Array {
  const allowed = new Uint8Array(values.length);
  if (count >= values.length) return allowed.fill(1);
  const pool = Int32Array.from(values.keys());
  let useful = false;
  for (let drawn = 0; drawn < pool.length && (drawn < count || !useful); drawn++) {
    const at = drawn + random.below(pool.length - drawn, drawn);
    const feature = pool[at];
    pool[at] = pool[drawn];
    allowed[feature] = 1;
    useful ||= varies(values[feature], rows, node);
  }
  return allowed;
}

function varies(values: Float64Array, rows: Int32Array, { start, end }: OpenNode): boolean {
  const first = values[rows[start]];
  for (let i = start + 1; i < end; i++) {
    const value = values[rows[i]];
    if (Math.abs(value - first) > SMALLEST_GAP || Number.isNaN(value) !== Number.isNaN(first)) return true;
  }
  return false;
}
