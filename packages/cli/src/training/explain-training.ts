import type { ExplainedFit, PlanExplanation } from '@scorecast/train';
import type { Surroundings } from '../surroundings.js';
import { countOf } from '../terminal/count-of.js';
import { textTable, type TextColumn } from '../terminal/text-table.js';
import type { TrainingJob } from './run-training.js';

const COLUMNS: readonly TextColumn[] = [
  { heading: 'candidates', align: 'right' },
  { heading: 'estimator', align: 'left' },
  { heading: 'in common', align: 'left' },
  { heading: 'answered together', align: 'left' },
];

/** Tells which fits a training will make and which candidates they answer, without reading the data. */
export async function explainTraining(
  job: Pick<TrainingJob, 'grid' | 'folds' | 'preprocessing' | 'preset' | 'estimators'>,
  json: boolean,
  { terminal }: Pick<Surroundings, 'terminal'>,
): Promise<void> {
  const { expandGrid, explainPlan, portfolioCandidates } = await import('@scorecast/train');
  const { grid, folds = 5, preprocessing = {}, preset = 'quick', estimators } = job;
  const candidates = grid === undefined ? portfolioCandidates(preset, estimators) : expandGrid(grid);
  const plan = explainPlan({ candidates, folds, preprocessing });
  await terminal.data(json ? `${JSON.stringify(plan)}\n` : planText(plan));
}

function planText({ candidates, folds, fits, fitsAlone, perFold }: PlanExplanation): string {
  const saved = fits === fitsAlone ? `${fits} fits` : `${fits} fits instead of ${fitsAlone}`;
  const rows = perFold.map((fit) => [
    String(fit.candidates.length),
    fit.estimator,
    Object.entries(fit.fixed)
      .map(([name, value]) => `${name} ${show(value)}`)
      .join(', '),
    Object.entries(fit.varied)
      .map(([name, values]) => `${name} ${values.map(show).join(', ')}`)
      .join('; '),
  ]);
  const notes = [...new Set(perFold.flatMap(ways))];
  return [
    `${countOf(candidates, 'candidate')} in ${folds} folds: ${saved}. The fits of one fold:`,
    '',
    textTable(COLUMNS, rows),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
  ].join('\n');
}

function ways({ estimator, about }: ExplainedFit): readonly string[] {
  return about === undefined ? [] : [`${estimator}: ${about}`];
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
