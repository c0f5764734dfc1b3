import type { NetworkLayer } from '@scorecast/core';
import type { KeyedRandom } from '../keyed-random.js';

/**
 * Draws all weights and biases uniformly from `±sqrt(6 / (inputs + units))`, each unit's from its own address (layer,
 * unit).
 *
 * Source: X. Glorot and Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", AISTATS
 * (2010).
 */
export function drawWeights(layers: readonly NetworkLayer[], random: KeyedRandom): void {
  layers.forEach(({ weights, biases }, k) => {
    const units = biases.length;
    const inputs = weights.length / units;
    const bound = Math.sqrt(6 / (inputs + units));
    for (let unit = 0; unit < units; unit++) {
      const own = random.at(k).at(unit);
      for (let i = 0; i < inputs; i++) weights[i * units + unit] = bound * (2 * own.double(i) - 1);
      biases[unit] = bound * (2 * own.double(inputs) - 1);
    }
  });
}
