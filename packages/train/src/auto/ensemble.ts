import { metrics, takeValues } from '@scorecast/core';
import type { Candidate, Member } from '../search/candidate.js';
import type { FoldScore } from '../search/evaluate-fold.js';
import { scorePredictions } from '../search/score-predictions.js';
import { eachMetric, oriented, type ScoringName } from '../search/scoring.js';
import type { Evaluated } from '../search/search-record.js';
import { repeatOf, type SearchPlan } from '../search/search-plan.js';
import type { Combination, JointPredictions } from './error-products.js';
import { selectEnsemble } from './select-ensemble.js';
import { stackPredictions } from './stack-predictions.js';

/** How the predictions of several candidates are joined. */
export type EnsembleKind = 'blend' | 'stacking';

interface Joining {
  /** From how many of the best candidates of each estimator it may choose. */
  readonly perEstimator: number;
  combine(this: void, joint: JointPredictions, metric: ScoringName): Combination;
}

const joinings: Readonly<Record<EnsembleKind, Joining>> = {
  blend: { perEstimator: 3, combine: (joint, metric) => selectEnsemble(joint, { metric }) },
  // A linear model is fitted by least squares, whatever it is chosen by.
  stacking: { perEstimator: 1, combine: (joint) => stackPredictions(joint) },
};

/**
 * Joins candidates by their out-of-fold predictions, and scores the joining on rows that it did not learn from: for each
 * fold, members and weights are chosen on the other folds' predictions. What it predicts for a row therefore has never
 * seen that row's target, but for one remnant: the other folds' predictions come from models that learned from it.
 *
 * Where folds are repeated, each fold has the predictions of its own repeat, as one model makes them; the final weights are
 * chosen on those of all repeats.
 *
 * @param kind A greedy weighted average or a linear model.
 * @param pool Scored candidates of the same folds; at least one.
 * @param plan Folds of which each repeat tests every row once.
 * @param metric What the blend is to be good at, and by which those that it may choose from are judged.
 */
export function joinCandidates(
  kind: EnsembleKind,
  pool: readonly Evaluated[],
  plan: Pick<SearchPlan, 'folds' | 'repeats' | 'target'>,
  metric: ScoringName,
): Evaluated {
  const joining = joinings[kind];
  const { folds, repeats, target: once } = plan;
  const target = Float64Array.from({ length: repeats * once.length }, (_, i) => once[i % once.length]);
  const predictions = new Float64Array(target.length);
  const scores = folds.map(({ train, test }, k): FoldScore => {
    const start = repeatOf(plan, k) * once.length;
    const rows = test.map((row) => start + row);
    const others = train.map((row) => start + row);
    const combination = combineOn(joining, pool, target, others, metric);
    const answers = combinedPredictions(combination, pool, rows);
    rows.forEach((row, i) => (predictions[row] = answers[i]));
    const members = pool.map((entry, j) => ({ score: entry.folds[k], weight: combination.weights[j] }));
    return { ...memberScores(members), test: scorePredictions(takeValues(target, rows), answers) };
  });
  const everyRow = Int32Array.from(target.keys());
  const chosen = combineOn(joining, pool, target, everyRow, metric);
  return { candidate: ensembleCandidate(kind, pool, chosen), folds: scores, predictions };
}

/** Chooses from the best candidates of each estimator, judged by the same rows; the others' weights are 0. */
function combineOn(
  { perEstimator, combine }: Joining,
  pool: readonly Evaluated[],
  target: Float64Array,
  rows: Int32Array,
  metric: ScoringName,
): Combination {
  // They rank alike, and where R2 is all but 1 the error still tells apart.
  const judge = metric === 'r2' ? 'rmse' : metric;
  const truth = takeValues(target, rows);
  const answers = pool.map((entry) => takeValues(entry.predictions, rows));
  const ranked = answers
    .map((values, index) => ({ index, score: oriented(judge, metrics[judge].score(truth, values)) }))
    .sort((a, b) => b.score - a.score || a.index - b.index);
  const counts = new Map<string, number>();
  const admitted = ranked.filter(({ index }) => {
    const { estimator } = pool[index].candidate;
    const count = (counts.get(estimator) ?? 0) + 1;
    counts.set(estimator, count);
    return count <= perEstimator;
  });
  const combination = combine({ predictions: admitted.map(({ index }) => answers[index]), target: truth }, metric);
  const weights = new Float64Array(pool.length);
  admitted.forEach(({ index }, i) => (weights[index] = combination.weights[i]));
  return { weights, intercept: combination.intercept };
}

function combinedPredictions(
  { weights, intercept }: Combination,
  pool: readonly Evaluated[],
  rows: Int32Array,
): Float64Array {
  const answers = new Float64Array(rows.length).fill(intercept);
  pool.forEach(({ predictions }, j) => {
    if (weights[j] !== 0) rows.forEach((row, i) => (answers[i] += weights[j] * predictions[row]));
  });
  return answers;
}

/** An ensemble's score on its training rows is not computed: the weighted mean of its members' stands for it. */
function memberScores(
  members: readonly { readonly score: FoldScore; readonly weight: number }[],
): Pick<FoldScore, 'train' | 'fitTimeMs'> {
  const used = members.filter(({ weight }) => weight !== 0);
  const total = used.reduce((sum, { weight }) => sum + weight, 0);
  const average = (name: ScoringName) =>
    total === 0 ? 0 : used.reduce((sum, { score, weight }) => sum + (weight / total) * score.train[name], 0);
  return {
    train: eachMetric(average),
    fitTimeMs: used.reduce((sum, { score }) => sum + score.fitTimeMs, 0),
  };
}

function ensembleCandidate(kind: EnsembleKind, pool: readonly Evaluated[], combination: Combination): Candidate {
  const members = pool
    .map(({ candidate }, j): Member => ({ candidate, weight: combination.weights[j] }))
    .filter(({ weight }) => weight !== 0);
  return { estimator: kind, params: { intercept: combination.intercept }, preprocessing: {}, members };
}
