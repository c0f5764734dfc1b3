import { takeRows, takeValues, transformAll, type Schema, type Table } from '@scorecast/core';
import { fitPreprocessing } from '../preprocessing/fit-preprocessing.js';
import type { PreprocessingOptions } from '../preprocessing/preprocessing-options.js';
import type { Fold } from '../splits/fold.js';

/** Rows to learn from: features by the schema's columns, and one target per row. */
export interface LearningData {
  readonly schema: Schema;
  readonly features: Table;
  readonly target: Float64Array;
}

/** One fold's rows after preprocessing, ready for estimators. */
export interface PreparedFold {
  readonly train: Table;
  readonly trainTarget: Float64Array;
  readonly test: Table;
  readonly testTarget: Float64Array;
}

/** Fits the preprocessing to the fold's training rows alone and applies it to both parts. */
export function prepareFold(data: LearningData, preprocessing: PreprocessingOptions, fold: Fold): PreparedFold {
  const train = takeRows(data.features, fold.train);
  const transformers = fitPreprocessing(train, data.schema, preprocessing);
  return {
    train: transformAll(transformers, train),
    trainTarget: takeValues(data.target, fold.train),
    test: transformAll(transformers, takeRows(data.features, fold.test)),
    testTarget: takeValues(data.target, fold.test),
  };
}
