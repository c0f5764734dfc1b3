import type { KeyedRandom } from '../keyed-random.js';
import type { NodeRows } from './open-node.js';
import { SMALLEST_GAP } from './midpoint.js';

/** Which features a node may choose from: 1 for each feature that was drawn. Valid until the next draw. */
export type FeatureDraw = (
  rows: Int32Array,
  node: NodeRows & { readonly path: number },
  random: KeyedRandom,
) => Uint8Array;

/**
 * Draws `count` features without replacement, and more while all drawn ones are constant in the node, as scikit-learn
 * does. Nothing is drawn when `count` is all of them.
 */
export function featureDraw(values: readonly Float64Array[], count: number): FeatureDraw {
  const allowed = new Uint8Array(values.length).fill(1);
  if (count >= values.length) return () => allowed;
  const pool = Int32Array.from(values.keys());
  return (rows, node, random) => {
    const own = random.at(node.path);
    for (let feature = 0; feature < pool.length; feature++) pool[feature] = feature;
    allowed.fill(0);
    let useful = false;
    for (let drawn = 0; drawn < pool.length && (drawn < count || !useful); drawn++) {
      const at = drawn + own.below(pool.length - drawn, drawn);
      const feature = pool[at];
      pool[at] = pool[drawn];
      allowed[feature] = 1;
      useful ||= varies(values[feature], rows, node);
    }
    return allowed;
  };
}

function varies(values: Float64Array, rows: Int32Array, { start, end }: NodeRows): boolean {
  const first = values[rows[start]];
  for (let i = start + 1; i < end; i++) {
    const value = values[rows[i]];
    if (Math.abs(value - first) > SMALLEST_GAP || Number.isNaN(value) !== Number.isNaN(first)) return true;
  }
  return false;
}
