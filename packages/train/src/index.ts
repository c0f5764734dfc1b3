export type {
  AutomaticOptions,
  AutomaticProgress,
  AutomaticSelection,
  AutomaticStage,
  Finalist,
} from './auto/automatic-options.js';
export { correctedInterval, type CorrectedInterval } from './auto/corrected-interval.js';
export type { Combination, JointPredictions } from './auto/error-products.js';
export { explainSteps } from './auto/explain-steps.js';
export { isOverfit } from './auto/overfit.js';
export { portfolioCandidates, presets, type Preset } from './auto/portfolio.js';
export { selectEnsemble } from './auto/select-ensemble.js';
export { trainAutomatically, type AutomaticResult } from './auto/train-automatically.js';
export type { Estimator, FitContext } from './estimator.js';
export { keyedRandom, type KeyedRandom } from './keyed-random.js';
export type { Param, ParamTable, ParamValues } from './params.js';
export { trainErrors } from './train-error.js';
export { createEstimator, estimators, type EstimatorEntry, type EstimatorName } from './estimators/estimators.js';
export { kNeighbors, kNeighborsParams, type KNeighborsParams } from './estimators/k-neighbors.js';
export { decisionTree, decisionTreeParams, type DecisionTreeParams } from './estimators/decision-tree.js';
export {
  gradientBoosting,
  gradientBoostingParams,
  type GradientBoostingParams,
} from './estimators/gradient-boosting.js';
export {
  histGradientBoosting,
  histGradientBoostingParams,
  type HistGradientBoostingParams,
} from './estimators/hist-gradient-boosting.js';
export { adaboost, adaboostParams, type AdaboostParams } from './estimators/adaboost.js';
export { extraTrees, extraTreesParams, type ExtraTreesParams } from './estimators/extra-trees.js';
export { randomForest, randomForestParams, type RandomForestParams } from './estimators/random-forest.js';
export { leastSquares, leastSquaresParams, type LeastSquaresParams } from './estimators/least-squares.js';
export { ridge, ridgeParams, type RidgeParams } from './estimators/ridge.js';
export { lasso, lassoParams, type LassoParams } from './estimators/lasso.js';
export { elasticNet, elasticNetParams, type ElasticNetParams } from './estimators/elastic-net.js';
export { meanBaseline, meanBaselineParams, type MeanBaselineParams } from './estimators/mean-baseline.js';
export { neuralNetwork, neuralNetworkParams, type NeuralNetworkParams } from './estimators/neural-network.js';
export type { Fold } from './splits/fold.js';
export { groupKFold } from './splits/group-k-fold.js';
export { groupSplit } from './splits/group-split.js';
export { stratifiedKFold } from './splits/stratified-k-fold.js';
export { targetStrata } from './splits/target-strata.js';
export { kFold } from './splits/k-fold.js';
export { repeatedKFold } from './splits/repeated-k-fold.js';
export { trainTestSplit } from './splits/train-test-split.js';
export { fitImputation, type CategoricalFill, type NumericFill } from './preprocessing/fit-imputation.js';
export { fitLevelCodes } from './preprocessing/fit-level-codes.js';
export { fitMinMaxScaling } from './preprocessing/fit-min-max-scaling.js';
export { fitOneHot } from './preprocessing/fit-one-hot.js';
export { fitOrdinalEncoding } from './preprocessing/fit-ordinal-encoding.js';
export { fitPolynomial, type PolynomialOptions } from './preprocessing/fit-polynomial.js';
export { fitPreprocessing } from './preprocessing/fit-preprocessing.js';
export type { PreprocessingOptions } from './preprocessing/preprocessing-options.js';
export { fitStandardScaling } from './preprocessing/fit-standard-scaling.js';
export { coefficientImportance } from './importance/coefficient-importance.js';
export { impurityImportance } from './importance/impurity-importance.js';
export { permutationImportance, type PermutationOptions } from './importance/permutation-importance.js';
export { startWorkers } from './search/worker-pool.js';
export { describeCandidate, type Candidate } from './search/candidate.js';
export { conformalRadius } from './search/conformal-radius.js';
export { crossValidate, type CrossValidation, type CrossValidationOptions } from './search/cross-validate.js';
export { crossValidateGrid, type GridValidation, type GridValidationOptions } from './search/cross-validate-grid.js';
export { defaultGrid } from './search/default-grid.js';
export type { FoldScore } from './search/evaluate-fold.js';
export { expandGrid, type GridEntry } from './search/expand-grid.js';
export { explainPlan, type ExplainedFit, type PlanExplanation } from './search/explain-plan.js';
export type { Floor } from './search/floor.js';
export type { FailedCandidate, Leaderboard, LeaderboardEntry } from './search/leaderboard.js';
export type { LeadingCandidate, SearchProgress } from './search/search-progress.js';
export type { Selection } from './search/select-winner.js';
export { trainBundle, type TrainingResult } from './search/train-bundle.js';
export type { TrainingOptions } from './search/training-options.js';
export { choice, fixed, integer, logUniform, uniform, when, type Dimension } from './strategies/dimension.js';
export { sampleCandidate } from './strategies/sample-space.js';
export { searchSpace, type SearchSpace, type SpaceEntry } from './strategies/search-space.js';
export type { Batch, Strategy } from './strategies/strategy.js';
export { gridSearch } from './strategies/grid-search.js';
export { randomSearch } from './strategies/random-search.js';
export { successiveHalving, type HalvingOptions, type HalvingResource } from './strategies/successive-halving.js';
export { firstBatch } from './strategies/first-batch.js';
export { hyperband } from './strategies/hyperband.js';
export { tpe } from './strategies/tpe.js';
export type { SplitOptions } from './splits/split-and-fold.js';
export type { Budget } from './strategies/budget.js';
export { defaultSpace } from './strategies/default-space.js';
export {
  runStrategy,
  type StopReason,
  type StrategyOutcome,
  type StrategyProgress,
  type StrategyRun,
} from './strategies/run-strategy.js';
export type { StrategyOptions } from './strategies/strategy-options.js';
export { pickMetrics, type ChosenMetrics, type Scores, type ScoringName } from './search/scoring.js';
export type { Evaluate, Trial, TrialOutcome } from './strategies/trial.js';
export type { TrialJournal, TrialRecord } from './strategies/trial-journal.js';
