export { ScorecastError, errorFactory, type ErrorEntry } from './errors.js';
export {
  numericColumn,
  categoricalColumn,
  nominalColumn,
  type CategoricalColumn,
  type Column,
  type NumericColumn,
} from './table/column.js';
export { table, columnOf, numericColumns, type Table } from './table/table.js';
export { tableErrors } from './table/table-error.js';
export { takeRows, takeValues } from './table/take-rows.js';
export { mersenneTwister, MersenneTwister } from './stats/mersenne-twister.js';
export { mean, quantile, standardDeviation } from './stats/summary.js';
export { statsErrors } from './stats/stats-error.js';
export {
  meanAbsoluteError,
  r2Score,
  regressionMetrics,
  rootMeanSquaredError,
  type RegressionMetrics,
} from './metrics/regression-metrics.js';
export { explainedVariance } from './metrics/explained-variance.js';
export { maxError } from './metrics/max-error.js';
export { meanAbsolutePercentageError } from './metrics/mean-absolute-percentage-error.js';
export { medianAbsoluteError } from './metrics/median-absolute-error.js';
export { metrics, type Metric, type MetricName } from './metrics/metrics.js';
export {
  schemaFields,
  type Feature,
  type FeatureInput,
  type Field,
  type Identifier,
  type NominalFeature,
  type NumericFeature,
  type OrdinalFeature,
  type Schema,
  type SchemaInput,
  type Target,
} from './schema/schema.js';
export { defineSchema } from './schema/define-schema.js';
export { parseSchema, readSchema } from './schema/parse-schema.js';
export { schemaError, schemaErrors } from './schema/schema-error.js';
export { JsonReader, type JsonProblem } from './schema/json-reader.js';
export { formatProblem, type Problem, type ProblemCode } from './schema/problem.js';
export { cellParser, expectation, type CellParser, type CellSource } from './schema/cell-parser.js';
export { closestName, fieldIndex } from './schema/find-field.js';
export { featureColumn, recordParser, type RecordParser } from './schema/parse-records.js';
export { rowRecord, type CellValue } from './schema/format-record.js';
export { transform, transformAll, type FittedTransformer } from './transform/transformer.js';
export { transformErrors } from './transform/transform-error.js';
export type { Imputation } from './transform/imputation.js';
export type { Scaling } from './transform/scaling.js';
export { MAX_PRODUCTS, productCount, type Polynomial } from './transform/polynomial.js';
export { MAX_LEVELS, type LevelCodes } from './transform/level-codes.js';
export type { OneHot } from './transform/one-hot.js';
export type { UnseenLevels } from './transform/unseen-levels.js';
export type { OrdinalEncoding } from './transform/ordinal-encoding.js';
export { predict, predictPipeline, type Model, type Pipeline, type StackModel } from './model/model.js';
export { modelErrors } from './model/model-error.js';
export type { LinearModel } from './model/linear-model.js';
export { predictNeighbourVotes, type NeighboursModel, type NeighbourVote } from './model/neighbours-model.js';
export { runLayers, type NetworkLayer, type NetworkModel } from './model/network-model.js';
export { hasLevel } from './model/level-set.js';
export { childOf, leafOf, predictStages, type Tree, type TreeEnsemble } from './model/tree-ensemble.js';
export { weightedMedians, type AnsweringTree } from './model/weighted-median.js';
export {
  BUNDLE_FORMAT_VERSION,
  type Bundle,
  type BundleMetrics,
  type ColumnImportance,
  type ColumnProfile,
  type Importance,
  type PartScores,
  type PermutationImportance,
  type PredictionInterval,
  type Provenance,
  type Replay,
} from './bundle/bundle.js';
export { canonicalJson } from './bundle/canonical-json.js';
export { encodeBundle } from './bundle/encode-bundle.js';
export { loadBundle } from './bundle/decode-bundle.js';
export { bundleErrors } from './bundle/bundle-error.js';
export { clip, predictor, type Prediction, type Predictor } from './bundle/predictor.js';
export { explainer, type Explainer } from './explain/explainer.js';
export type { Explanation, ExplanationMethod } from './explain/explanation.js';
export { explainErrors } from './explain/explain-error.js';
