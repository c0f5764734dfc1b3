import type { Table } from '../table/table.js';
import { modelColumns } from './model-columns.js';

/** Units that all see the same inputs: `bias + sum over the inputs of weight * input`. */
export interface NetworkLayer {
  /** Input by input, `weights[input * biases.length + unit]`: what is added to all units next stands together. */
  readonly weights: Float64Array;
  /** One per unit. */
  readonly biases: Float64Array;
}

/**
 * A multi-layer perceptron: every layer but the last passes on `max(0, x)` of its units (ReLU), and the last one has a
 * single unit, which is brought to the target's unit by `outputCenter + outputScale * x`.
 */
export interface NetworkModel {
  readonly kind: 'network';
  readonly features: readonly string[];
  readonly layers: readonly NetworkLayer[];
  readonly outputCenter: number;
  readonly outputScale: number;
}

/** Nothing but +, - and * is used, and in a fixed order, so that every machine gets the same bits. */
export function predictNetwork(model: NetworkModel, source: Table): Float64Array {
  const columns = modelColumns(model.features, source);
  const inputs = new Float64Array(columns.length);
  const outputs = model.layers.map((layer) => new Float64Array(layer.biases.length));
  const output = outputs[outputs.length - 1];
  const predictions = new Float64Array(source.rowCount);
  for (let row = 0; row < predictions.length; row++) {
    for (let j = 0; j < inputs.length; j++) inputs[j] = columns[j][row];
    runLayers(model.layers, inputs, outputs);
    predictions[row] = model.outputCenter + model.outputScale * output[0];
  }
  return predictions;
}

/**
 * Runs one row through layers, all but the last of them rectified.
 *
 * @param inputs One per input of the first layer; not changed.
 * @param outputs Where each layer's outputs are written, one per unit.
 */
export function runLayers(
  layers: readonly NetworkLayer[],
  inputs: Float64Array,
  outputs: readonly Float64Array[],
): void {
  for (let k = 0; k < layers.length; k++) {
    applyLayer(layers[k], k === 0 ? inputs : outputs[k - 1], outputs[k]);
    if (k < layers.length - 1) rectify(outputs[k]);
  }
}

/** Hot: inputs that are zero, as most one-hot columns and half of all rectified units are, add nothing. */
function applyLayer({ weights, biases }: NetworkLayer, inputs: Float64Array, outputs: Float64Array): void {
  const units = outputs.length;
  outputs.set(biases);
  for (let i = 0; i < inputs.length; i++) {
    const value = inputs[i];
    if (value === 0) continue;
    for (let unit = 0, at = i * units; unit < units; unit++, at++) outputs[unit] += value * weights[at];
  }
}

/** Not `Math.max`, and not the other way round: what is missing stays missing. */
function rectify(values: Float64Array): void {
  for (let i = 0; i < values.length; i++) if (values[i] < 0) values[i] = 0;
}
