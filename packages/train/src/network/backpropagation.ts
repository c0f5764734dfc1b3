import { runLayers, type NetworkLayer } from '@scorecast/core';

/** Runs single rows through a network, and their errors back through it. */
export interface Backpropagation {
  /** The output for a row, before it is brought to the target's unit. */
  predict(this: void, inputs: Float64Array): number;
  /**
   * Adds the gradient of `(output - target)^2 / 2` to `gradient`.
   *
   * @returns That half square.
   */
  learn(this: void, inputs: Float64Array, target: number): number;
}

/**
 * Prepares back-propagation: layer by layer from the last, each unit's share in the error, from which follows what its
 * weights should change. The work space is made once.
 *
 * Source: D. E. Rumelhart, G. E. Hinton and R. J. Williams, "Learning representations by back-propagating errors", Nature
 * 323 (1986).
 *
 * @param layers The network; read again for every row.
 * @param gradient Lists of the same shape, to which gradients are added.
 */
export function backpropagation(layers: readonly NetworkLayer[], gradient: readonly NetworkLayer[]): Backpropagation {
  const outputs = layers.map((layer) => new Float64Array(layer.biases.length));
  const errors = outputs.map((values) => new Float64Array(values.length));
  const last = layers.length - 1;
  const predict = (inputs: Float64Array) => {
    runLayers(layers, inputs, outputs);
    return outputs[last][0];
  };
  return {
    predict,
    learn(inputs, target) {
      const error = predict(inputs) - target;
      errors[last][0] = error;
      for (let k = last; k >= 0; k--) {
        const entering = k === 0 ? inputs : outputs[k - 1];
        addGradient(gradient[k], entering, errors[k]);
        if (k > 0) passBack(layers[k], entering, errors[k], errors[k - 1]);
      }
      return (error * error) / 2;
    },
  };
}

/** Hot, as applying a layer is: inputs that are zero change no weight. */
function addGradient({ weights, biases }: NetworkLayer, entering: Float64Array, errors: Float64Array): void {
  const units = errors.length;
  for (let unit = 0; unit < units; unit++) biases[unit] += errors[unit];
  for (let i = 0; i < entering.length; i++) {
    const value = entering[i];
    if (value === 0) continue;
    for (let unit = 0, at = i * units; unit < units; unit++, at++) weights[at] += value * errors[unit];
  }
}

/** The errors of the layer before: none where its unit was cut off at zero. */
function passBack(layer: NetworkLayer, entering: Float64Array, errors: Float64Array, before: Float64Array): void {
  const units = errors.length;
  for (let i = 0; i < before.length; i++) {
    let sum = 0;
    if (entering[i] > 0) for (let unit = 0; unit < units; unit++) sum += layer.weights[i * units + unit] * errors[unit];
    before[i] = sum;
  }
}
