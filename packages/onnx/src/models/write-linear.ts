import type { LinearModel } from '@scorecast/core';
import type { Graph } from '../graph/graph.js';

/** The intercept and the sum of coefficients times columns. */
export function writeLinear(graph: Graph, { coefficients, intercept }: LinearModel, matrix: string): string {
  const sum = graph.add('MatMul', [matrix, graph.doubles(coefficients, [coefficients.length, 1])]);
  return graph.add('Add', [sum, graph.doubles([intercept])]);
}
