import type { Model, Pipeline, StackModel } from '@scorecast/core';
import { matrixOf } from '../columns/column.js';
import type { WrittenInputs } from '../columns/write-inputs.js';
import { writeTransformers } from '../columns/write-transformers.js';
import type { Graph } from '../graph/graph.js';
import { writeLinear } from './write-linear.js';
import { writeNeighbours } from './write-neighbours.js';
import { writeNetwork } from './write-network.js';
import { writeTrees } from './write-trees.js';

/** A column of predictions, and the columns that say by NaN which rows have none. */
export interface WrittenPredictions {
  readonly predictions: string;
  readonly refusals: readonly string[];
}

/** Writes transformers and the model behind them. */
export function writePipeline(
  graph: Graph,
  { transformers, model }: Pipeline,
  inputs: WrittenInputs,
): WrittenPredictions {
  const transformed = writeTransformers(graph, transformers, inputs);
  if (model.kind === 'stack') return writeStack(graph, model, transformed);
  const matrix = matrixOf(graph, transformed.columns);
  return { predictions: writeModel(graph, model, matrix), refusals: transformed.refusals };
}

function writeModel(graph: Graph, model: Exclude<Model, StackModel>, matrix: string): string {
  switch (model.kind) {
    case 'linear':
      return writeLinear(graph, model, matrix);
    case 'neighbours':
      return writeNeighbours(graph, model, matrix);
    case 'tree-ensemble':
      return writeTrees(graph, model, matrix);
    case 'network':
      return writeNetwork(graph, model, matrix);
    default:
      return model satisfies never;
  }
}

/** Adds the members in their order. */
function writeStack(
  graph: Graph,
  { members, weights, intercept }: StackModel,
  inputs: WrittenInputs,
): WrittenPredictions {
  const written = members.map((member) => writePipeline(graph, member, inputs));
  const predictions = written.reduce(
    (sum, member, j) => graph.add('Add', [sum, graph.add('Mul', [member.predictions, graph.doubles([weights[j]])])]),
    graph.doubles([intercept]),
  );
  return { predictions, refusals: [...new Set(written.flatMap((member) => member.refusals))] };
}
