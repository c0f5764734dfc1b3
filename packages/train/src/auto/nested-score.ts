import { predictPipeline, takeRows, takeValues } from '@scorecast/core';
import { scorePredictions } from '../search/score-predictions.js';
import { eachMetric, type Scores, type ScoringName } from '../search/scoring.js';
import { firstCut, type SearchPlan } from '../search/search-plan.js';
import type { Fold } from '../splits/fold.js';
import { chooseModel, type Effort } from './choose-model.js';
import { scoreInterval, type CorrectedInterval } from './corrected-interval.js';
import { fitChosen } from './fit-chosen.js';
import type { StageRunner } from './stage-runner.js';

/**
 * Nested cross-validation: in each fold the whole procedure, from search to choice, is done again on the training rows,
 * and what it chooses is scored on the test rows. It says how good the procedure is, free of the optimism of having
 * chosen by the same scores. The folds are those of the first repeat; within them the search repeats its folds as ever.
 *
 * @param startRunner Gives each fold a clock of its own, so that each has the same time.
 * @param cut Cuts rows of the plan into folds, whose row numbers count within them: those of the search as repeat 0.
 * @returns The score by every metric.
 */
export async function nestedScore(
  plan: SearchPlan,
  cut: (rows: Int32Array, repeat: number) => readonly Fold[],
  effort: Effort,
  startRunner: (fold: number) => StageRunner,
): Promise<Readonly<Record<ScoringName, CorrectedInterval>>> {
  const outer = firstCut(plan);
  const scores: Scores[] = [];
  for (const [fold, { train, test }] of outer.entries()) {
    const part = { ...plan, features: takeRows(plan.features, train), target: takeValues(plan.target, train) };
    const folds = cut(train, 0);
    const inner: SearchPlan = { ...part, folds, repeats: folds.length / outer.length };
    const { selection } = await chooseModel(inner, (repeat) => cut(train, repeat), effort, startRunner(fold));
    const predictions = predictPipeline(fitChosen(inner, selection.winner), takeRows(plan.features, test));
    scores.push(scorePredictions(takeValues(plan.target, test), predictions));
  }
  return eachMetric((name) =>
    scoreInterval(
      name,
      scores.map((score) => score[name]),
      1 / outer.length,
    ),
  );
}
