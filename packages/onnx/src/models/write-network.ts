import type { NetworkModel } from '@scorecast/core';
import type { Graph } from '../graph/graph.js';

/** A product, biases and rectification per layer; Relu is no such operator, since it may turn NaN into 0. */
export function writeNetwork(
  graph: Graph,
  { layers, outputCenter, outputScale }: NetworkModel,
  matrix: string,
): string {
  const zero = graph.doubles([0]);
  const output = layers.reduce((inputs, { weights, biases }, k) => {
    const units = biases.length;
    const product = graph.add('MatMul', [inputs, graph.doubles(weights, [weights.length / units, units])]);
    const sums = graph.add('Add', [product, graph.doubles(biases, [1, units])]);
    if (k === layers.length - 1) return sums;
    return graph.add('Where', [graph.add('Less', [sums, zero]), zero, sums]);
  }, matrix);
  return graph.add('Add', [graph.add('Mul', [output, graph.doubles([outputScale])]), graph.doubles([outputCenter])]);
}
