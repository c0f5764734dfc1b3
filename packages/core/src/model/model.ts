import type { Table } from '../table/table.js';
import { transformAll, type FittedTransformer } from '../transform/transformer.js';
import { predictLinear, type LinearModel } from './linear-model.js';
import { modelError } from './model-error.js';
import { predictNeighbours, type NeighboursModel } from './neighbours-model.js';
import { predictNetwork, type NetworkModel } from './network-model.js';
import { predictTrees, type TreeEnsemble } from './tree-ensemble.js';

// A stack's members are pipelines and a pipeline has a model: these three need each other and stand together.

/** A fitted model: frozen data with a `kind`. However it was learned, it is one of these few things. */
export type Model = LinearModel | NeighboursModel | TreeEnsemble | NetworkModel | StackModel;

/** Transformers and the model behind them, all learned from the same training rows: one artifact. */
export interface Pipeline {
  readonly transformers: readonly FittedTransformer[];
  readonly model: Model;
}

/**
 * `intercept + sum weights[j] * prediction of members[j]`: a stack, a blend (weights alone) and a bag of folds (equal
 * weights) are all this. Each member is a whole pipeline with transformers of its own.
 */
export interface StackModel {
  readonly kind: 'stack';
  /** The columns that all members start from, as a rule those of the schema: they may be categorical and have gaps. */
  readonly features: readonly string[];
  readonly members: readonly Pipeline[];
  readonly weights: Float64Array;
  readonly intercept: number;
}

/**
 * Predicts one number per row. The columns must be those of training, in the same order, and numeric unless the model
 * is a stack, whose members bring their own transformers.
 *
 * @returns `source.rowCount` predictions, in the target's unit, not clipped.
 * @throws TABLE_NOT_NUMERIC, MODEL_FEATURES
 */
export function predict(model: Model, source: Table): Float64Array {
  switch (model.kind) {
    case 'linear':
      return predictLinear(model, source);
    case 'neighbours':
      return predictNeighbours(model, source);
    case 'tree-ensemble':
      return predictTrees(model, source);
    case 'network':
      return predictNetwork(model, source);
    case 'stack':
      return predictStack(model, source);
    default:
      return model satisfies never;
  }
}

/** Predicts from a table of the schema's features. */
export function predictPipeline(pipeline: Pipeline, features: Table): Float64Array {
  return predict(pipeline.model, transformAll(pipeline.transformers, features));
}

/** Adds the members in their order, so that every machine gets the same bits. */
function predictStack({ features, members, weights, intercept }: StackModel, source: Table): Float64Array {
  const found = source.columns.map((column) => column.name);
  if (found.length !== features.length || found.some((name, i) => name !== features[i])) {
    throw modelError('MODEL_FEATURES', { expected: features, found });
  }
  const predictions = new Float64Array(source.rowCount).fill(intercept);
  members.forEach((member, j) => {
    const answers = predictPipeline(member, source);
    for (let i = 0; i < predictions.length; i++) predictions[i] += weights[j] * answers[i];
  });
  return predictions;
}
