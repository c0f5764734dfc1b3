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
  job: TrainingJob,
  json: boolean,
  { terminal }: Pick<Surroundings, 'terminal'>,
): Promise<void> {
  const { explainPlan, explainSteps } = await import('@scorecast/train');
  const { folds = 5, foldRepeats = 1, preprocessing = {}, time, ...settings } = job;
  const { what, candidates } = await firstCandidates(job);
  const plan = explainPlan({ candidates, folds, foldRepeats, preprocessing });
  const then = explainSteps({ ...settings, folds, ...(time === undefined ? {} : { timeBudgetMs: 1000 * time }) });
  await terminal.data(json ? `${JSON.stringify({ ...plan, then })}\n` : planText(plan, what, then));
}

/** What is tried before any score is known. */
async function firstCandidates({
  grid,
  space,
  search = space && {},
  preset,
  estimators,
  time,
  seed = 42,
}: TrainingJob) {
  const { defaultSpace, expandGrid, firstBatch, portfolioCandidates, searchSpace } = await import('@scorecast/train');
  if (search === undefined) {
    const chosen = preset ?? (time === undefined ? 'quick' : 'standard');
    return { what: '', candidates: grid === undefined ? portfolioCandidates(chosen, estimators) : expandGrid(grid) };
  }
  const { candidates, share } = firstBatch(searchSpace(space ?? grid ?? defaultSpace), search, seed);
  const rows = share === 1 ? '' : `, with ${(100 * share).toFixed(0)} % of the training rows`;
  return { what: `search by ${search.strategy ?? 'tpe'}, first batch${rows}: `, candidates };
}

function planText(
  { candidates, folds, foldRepeats, fits, fitsAlone, perFold }: PlanExplanation,
  what: string,
  then: readonly string[],
): string {
  const saved = fits === fitsAlone ? `${fits} fits` : `${fits} fits instead of ${fitsAlone}`;
  const times = foldRepeats === 1 ? '' : `, ${foldRepeats} times`;
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
    `${what}${countOf(candidates, 'candidate')} in ${folds} folds${times}: ${saved}. The fits of one fold:`,
    '',
    textTable(COLUMNS, rows),
    ...(notes.length === 0 ? [] : ['', ...notes]),
    '',
    ...then.map((step, i) => `${i === 0 ? 'then' : 'and'} ${step}`),
    '',
  ].join('\n');
}

function ways({ estimator, about }: ExplainedFit): readonly string[] {
  return about === undefined ? [] : [`${estimator}: ${about}`];
}

function show(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
