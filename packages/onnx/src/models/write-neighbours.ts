import type { NeighboursModel } from '@scorecast/core';
import { int, type Graph } from '../graph/graph.js';
import { ELEMENT } from '../graph/onnx-messages.js';

/**
 * The nearest training rows by distances that are added column by column in the order of the model itself, so that equal
 * distances are equal here too: the earlier row is then the nearer one.
 */
export function writeNeighbours(graph: Graph, model: NeighboursModel, matrix: string): string {
  const distances = writeDistances(graph, model, matrix);
  const [nearest, rows] = graph.addPair('TopK', [distances, graph.integers([model.k])], {
    axis: int(1),
    largest: int(0),
    sorted: int(1),
  });
  const targets = graph.add('Gather', [graph.doubles(model.targets, [model.targets.length]), rows], { axis: int(0) });
  const first = graph.add('Gather', [nearest, graph.integers([0])], { axis: int(1) });
  const mean =
    model.weights === 'uniform'
      ? writeMean(graph, targets, model.k)
      : writeWeighted(graph, model, nearest, first, targets);
  // A row with a missing value is near to nothing: its distances are NaN, and so is the answer.
  return graph.add('Add', [mean, graph.add('Sub', [first, first])]);
}

function writeMean(graph: Graph, targets: string, k: number): string {
  return graph.add('Div', [sumOf(graph, targets), graph.doubles([k])]);
}

function writeWeighted(graph: Graph, { p }: NeighboursModel, nearest: string, first: string, targets: string): string {
  const zero = graph.doubles([0]);
  const isExact = graph.add('Cast', [graph.add('Equal', [nearest, zero])], { to: int(ELEMENT.double) });
  const inverse = graph.add('Div', [graph.doubles([1]), p === 1 ? nearest : graph.add('Sqrt', [nearest])]);
  const weights = graph.add('Where', [graph.add('Equal', [first, zero]), isExact, inverse]);
  return graph.add('Div', [sumOf(graph, graph.add('Mul', [weights, targets])), sumOf(graph, weights)]);
}

/** The distances to all training rows, to the power `p`; columns of 0 and 1 alone are added up on their own, as in the model. */
function writeDistances(graph: Graph, { features, rows, targets, p }: NeighboursModel, matrix: string): string {
  const columns = features.map((_, j) => Float64Array.from(targets, (_target, i) => rows[i * features.length + j]));
  const isIndicator = columns.map((values) => values.every((value) => value === 0 || value === 1));
  const sums = [false, true].flatMap((wanted) => {
    const parts = columns.flatMap((values, j) => {
      if (isIndicator[j] !== wanted) return [];
      const asked = graph.add('Gather', [matrix, graph.integers([j])], { axis: int(1) });
      const difference = graph.add('Sub', [asked, graph.doubles(values, [1, values.length])]);
      return [p === 1 ? graph.add('Abs', [difference]) : graph.add('Mul', [difference, difference])];
    });
    return parts.length === 0 ? [] : [added(graph, parts)];
  });
  return added(graph, sums);
}

function added(graph: Graph, parts: readonly string[]): string {
  return parts.reduce((sum, part) => graph.add('Add', [sum, part]));
}

function sumOf(graph: Graph, values: string): string {
  return graph.add('ReduceSum', [values, graph.integers([1])], { keepdims: int(1) });
}
