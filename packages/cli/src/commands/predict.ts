import path from 'node:path';
import { Option, type Command } from 'commander';
import { formatProblem, predictor, type Prediction, type Predictor, type Problem } from '@scorecast/core';
import type { FileChunk } from '@scorecast/data';
import { collect, withExamples } from '../options.js';
import { loadBundleFile } from '../load-bundle-file.js';
import type { Surroundings } from '../surroundings.js';
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
  const { terminal, directory, signal } = surroundings;
  const bundle = await loadBundleFile(path.resolve(directory, options.bundle));
  const { scanFile, writeFileSafely } = await import('@scorecast/data');
  const counts = { predicted: 0, invalid: 0, problems: new Array<Problem>() };
  const chunks = scanFile(path.resolve(directory, file), bundle.schema, {
    onInvalid: options.onInvalid,
    decimalComma: options.decimalComma,
    signal,
    ...(options.separator === undefined ? {} : { separator: options.separator }),
    ...(options.missing === undefined ? {} : { missing: options.missing }),
  });
  const lines = predictionLines(chunks, predictor(bundle), options.json, counts, surroundings);
  if (options.output === undefined) for await (const text of lines) await terminal.data(text);
  else await writeFileSafely(path.resolve(directory, options.output), lines);
  for (const problem of counts.problems) terminal.message('warn', `left out: ${formatProblem(problem)}`, { problem });
  const where = options.output === undefined ? '' : ` to ${options.output}`;
  const left = counts.invalid === 0 ? '' : `; ${counts.invalid} rows left out`;
  terminal.message('info', `${counts.predicted} predictions by ${bundle.name} ${bundle.version}${where}${left}`, {
    predicted: counts.predicted,
    invalid: counts.invalid,
  });
}

interface Counts {
  predicted: number;
  invalid: number;
  readonly problems: Problem[];
}

/** The output text, chunk by chunk; counts what it has seen. */
async function* predictionLines(
  chunks: AsyncIterable<FileChunk>,
  model: Predictor,
  json: boolean,
  counts: Counts,
  { terminal, signal }: Surroundings,
): AsyncIterable<string> {
  const { csvLine } = await import('@scorecast/data');
  const progress = startProgress(terminal, process.stderr, () => performance.now());
  let isFirst = true;
  try {
    for await (const chunk of chunks) {
      if (signal.aborted) throw cliError('CLI_CANCELLED', {});
      const predictions = model.predictTable(chunk.features);
      const names = chunk.identifiers.map((identifier) => identifier.name);
      const header = isFirst && !json ? csvLine(['row', ...names, 'prediction', 'lower', 'upper']) : '';
      isFirst = false;
      const format = json ? jsonLine : csvRow(csvLine);
      yield header + predictions.map((prediction, i) => format(chunk, i, prediction)).join('');
      counts.predicted += predictions.length;
      counts.invalid += chunk.invalidRows;
      counts.problems.push(...chunk.problems.slice(0, LISTED_PROBLEMS - counts.problems.length));
      progress.update(counts.predicted, undefined, 'rows predicted');
    }
  } finally {
    progress.stop();
  }
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
