import type { KeyedRandom } from './keyed-random.js';

/** The numbers from 0 to `count - 1` in random order, as Fisher and Yates shuffle. */
export function shuffled(count: number, random: KeyedRandom): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = random.below(i + 1, i);
    const moved = order[i];
    order[i] = order[j];
    order[j] = moved;
  }
  return order;
}
