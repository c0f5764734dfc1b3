import path from 'node:path';
import { Option, type Command } from 'commander';
import { formatProblem, predictor, type Prediction, type Predictor, type Problem } from '@scorecast/core';
import type { FileChunk } from '@scorecast/data';
import { collect, withExamples } from '../options.js';
import { loadBundleFile } from '../load-bundle-file.js';
import type { Surroundings } from '../surroundings.js';
import { countOf } from '../terminal/count-of.js';
import { startProgress } from '../terminal/progress.js';
import { cliError } from '../cli-error.js';
import { DEFAULT_BUNDLE } from './serve.js';

interface PredictOptions {
  readonly bundle: string;
  readonly output?: string;
  readonly onInvalid: 'fail' | 'drop';
  readonly separator?: string;
  readonly decimalComma: boolean;
  readonly missing?: readonly string[];
  readonly json: boolean;
}

/** How many problems are written out before the rest is only counted. */
const LISTED_PROBLEMS = 20;

/** `scorecast predict`: scores a file of any length with flat memory. */
export function addPredict(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('predict')
    .summary('score the rows of a file')
    .description(
      'Predicts every row of a data file (CSV, JSON lines or Parquet): one line per row with its number, identifiers, prediction and interval.',
    )
    .argument('<file>', 'the data file')
    .option('-b, --bundle <file>', 'the bundle to predict with', DEFAULT_BUNDLE)
    .option('-o, --output <file>', 'write to this file instead of stdout')
    .addOption(
      new Option('--on-invalid <what>', 'what to do with rows that do not meet the schema')
        .choices(['fail', 'drop'])
        .default('fail'),
    )
    .option('--separator <character>', 'what stands between the cells of a CSV file')
    .option('--decimal-comma', 'numbers are written 3,5', false)
    .option('--missing <text>', 'an unquoted text that means "missing"; may be repeated', collect)
    .option('--json', 'write JSON lines instead of CSV', false)
    .action((file: string, options: PredictOptions) => predictFile(file, options, surroundings));
  withExamples(
    command,
    'scorecast predict new-class.csv -o predictions.csv',
    'scorecast predict new-class.csv --on-invalid drop --json',
  );
}

async function predictFile(file: string, options: PredictOptions, surroundings: Surroundings): Promise<void> {
  const { terminal, directory } = surroundings;
  const bundle = await loadBundleFile(path.resolve(directory, options.bundle));
  const { writeFileSafely } = await import('@scorecast/data');
  const tally: Tally = { predicted: 0, invalid: 0, problems: [], problemCount: 0 };
  const lines = predictionLines(file, options, predictor(bundle), tally, surroundings);
  if (options.output === undefined) for await (const text of lines) await terminal.data(text);
  else await writeFileSafely(path.resolve(directory, options.output), lines);
  for (const problem of tally.problems) terminal.message('warn', `left out: ${formatProblem(problem)}`, { problem });
  const hidden = tally.problemCount - tally.problems.length;
  if (hidden > 0) terminal.message('warn', `left out: and ${countOf(hidden, 'more problem')}`);
  const where = options.output === undefined ? '' : ` to ${options.output}`;
  const left = tally.invalid === 0 ? '' : `; ${countOf(tally.invalid, 'invalid row')} left out`;
  terminal.message(
    'info',
    `${countOf(tally.predicted, 'prediction')} by ${bundle.name} ${bundle.version}${where}${left}`,
    {
      predicted: tally.predicted,
      invalid: tally.invalid,
    },
  );
}

/** What has been seen of the file so far. */
interface Tally {
  predicted: number;
  invalid: number;
  /** The first few. */
  readonly problems: Problem[];
  problemCount: number;
}

/**
 * The output text, chunk by chunk. With `--on-invalid fail`, nothing is predicted after the first problem, but the whole
 * file is checked, so that all problems are told at once.
 */
async function* predictionLines(
  file: string,
  options: PredictOptions,
  model: Predictor,
  tally: Tally,
  { terminal, directory, signal }: Surroundings,
): AsyncIterable<string> {
  const { csvLine, dataError, scanFile } = await import('@scorecast/data');
  const { separator, missing, decimalComma, json, onInvalid } = options;
  const reading = {
    decimalComma,
    ...(separator === undefined ? {} : { separator }),
    ...(missing === undefined ? {} : { missing }),
  };
  const format = json ? jsonLine : csvRow(csvLine);
  const progress = startProgress(terminal, process.stderr, () => performance.now());
  let isFirst = true;
  try {
    for await (const chunk of scanFile(path.resolve(directory, file), model.bundle.schema, reading)) {
      if (signal.aborted) throw cliError('CLI_CANCELLED', {});
      for (const warning of chunk.warnings) terminal.message('warn', `warning: ${warning}`);
      note(chunk, tally);
      if (onInvalid === 'fail' && tally.problemCount > 0) continue;
      const names = chunk.identifiers.map((identifier) => identifier.name);
      const header = isFirst && !json ? csvLine(['row', ...names, 'prediction', 'lower', 'upper']) : '';
      isFirst = false;
      const predictions = model.predictTable(chunk.features);
      yield header + predictions.map((prediction, i) => format(chunk, i, prediction)).join('');
      tally.predicted += predictions.length;
      progress.update(tally.predicted, undefined, 'rows predicted');
    }
  } finally {
    progress.stop();
  }
  if (onInvalid === 'fail' && tally.problemCount > 0) {
    const { problems, problemCount, invalid } = tally;
    throw dataError('DATA_INVALID', { path: file, problems, problemCount, rows: invalid });
  }
}

function note(chunk: FileChunk, tally: Tally): void {
  tally.invalid += new Set(chunk.problems.map((problem) => problem.row)).size;
  tally.problemCount += chunk.problems.length;
  tally.problems.push(...chunk.problems.slice(0, LISTED_PROBLEMS - tally.problems.length));
}

function csvRow(csvLine: (values: readonly (string | number | null)[]) => string) {
  return (chunk: FileChunk, i: number, { value, lower, upper }: Prediction): string =>
    csvLine([chunk.rowNumbers[i], ...chunk.identifiers.map((id) => id.values[i]), value, finite(lower), finite(upper)]);
}

function jsonLine(chunk: FileChunk, i: number, { value, lower, upper }: Prediction): string {
  const identifiers = Object.fromEntries(chunk.identifiers.map((id) => [id.name, id.values[i]]));
  const interval = { lower: finite(lower), upper: finite(upper) };
  return `${JSON.stringify({ row: chunk.rowNumbers[i], ...identifiers, prediction: value, interval })}\n`;
}

/** An unbounded end of an interval is empty in CSV and null in JSON. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
