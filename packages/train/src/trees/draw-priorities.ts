import type { KeyedRandom } from '../keyed-random.js';

/** Of each of `count` features its place in an order, all orders being equally likely. */
export function drawPriorities(count: number, random: KeyedRandom): Int32Array {
  const priorities = Int32Array.from({ length: count }, (_, feature) => feature);
  for (let i = 0; i < count - 1; i++) {
    const at = i + random.below(count - i, i);
    const drawn = priorities[at];
    priorities[at] = priorities[i];
    priorities[i] = drawn;
  }
  return priorities;
}
