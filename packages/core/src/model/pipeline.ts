import { transformAll, type FittedTransformer } from '../transform/transformer.js';
import type { Table } from '../table/table.js';
import { predict, type Model } from './model.js';

/** Transformers and the model behind them, all learned from the same training rows: one artifact. */
export interface Pipeline {
  readonly transformers: readonly FittedTransformer[];
  readonly model: Model;
}

/** Predicts from a table of the schema's features. */
export function predictPipeline(pipeline: Pipeline, features: Table): Float64Array {
  return predict(pipeline.model, transformAll(pipeline.transformers, features));
}
