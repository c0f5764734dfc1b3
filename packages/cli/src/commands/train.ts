import { Option, type Command } from 'commander';
import {
  collect,
  floorOption,
  integerOption,
  metricsOption,
  namesOption,
  numberOption,
  withExamples,
} from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { shownPath } from '../terminal/shown-path.js';
import { PRESETS } from '../config/parse-config.js';
import { explainTraining } from '../training/explain-training.js';
import { readJob, type JobOptions } from '../training/read-job.js';
import { reportTraining } from '../training/report-training.js';
import { recordTraining } from '../tracking/record-training.js';
import { reportRecord } from '../tracking/report-record.js';

interface TrainCommandOptions extends Omit<JobOptions, 'intervalLevel'> {
  readonly interval?: number;
  readonly minR2?: number;
  readonly json: boolean;
  readonly explain: boolean;
  readonly resume: boolean;
  readonly promote?: string;
}

/** No budget may be below a tenth of a second or above a month. */
const seconds = numberOption(0.1, 2_592_000);

/** `scorecast train`: from a data file to a bundle. */
export function addTrain(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('train')
    .summary('train models on a data file and write the best as a bundle')
    .description(
      'Validates the file, puts a test part away, compares all candidates by cross-validation on the rest, writes the winner as a\n' +
        'bundle and scores it once on the test part. Settings come from options, then from scorecast.config.ts, then from defaults.',
    )
    .argument('[file]', 'the data file (CSV, JSON lines or Parquet, also .gz)')
    .option('-s, --schema <file>', 'what the columns mean (JSON)')
    .option('-c, --config <file>', 'the configuration; else scorecast.config.{ts,js,mjs,json} in this folder')
    .option('-o, --out <folder>', 'where everything is written; else scorecast-out')
    .option('--seed <n>', 'seeds split, folds and estimators (42)', integerOption(0, 0xffffffff))
    .option('--test-size <share>', 'the share of rows kept for the final test (0.2)', numberOption(0, 1))
    .option('--folds <n>', 'folds of the cross-validation (5)', integerOption(2, 1000))
    .option('--fold-repeats <n>', 'how many times rows are cut into folds, each time anew (1)', integerOption(1, 100))
    .option('--group <column>', 'an identifier whose rows stay in one part and one fold, such as a pupil')
    .option('--stratify', 'give every fold its share of low, middle and high targets')
    .option('--metric <names>', 'what models are chosen by; after a comma, others to report (r2)', metricsOption)
    .addOption(
      new Option('--min-r2 <n>', 'fail below this R2 (0.6)').argParser(numberOption(-Infinity, 1)).conflicts('floor'),
    )
    .option('--floor <metric=n>', 'fail below this score, or above this error: mae=5', floorOption)
    .option('--interval <level>', 'how often intervals hold the true value (0.9)', numberOption(0, 1))
    .option('--workers <n>', 'threads; changes no result (all cores)', integerOption(1, 1024))
    .addOption(new Option('--preset <name>', 'how much is tried without a grid (quick)').choices(PRESETS))
    .option('--estimators <names>', 'what is tried without a grid: names with commas between (all)', namesOption)
    .option(
      '--time <seconds>',
      'start nothing new after this long; with --nested, all searches share it; the result then depends on the machine',
      seconds,
    )
    .option('--repeats <n>', 'how often the finalists are cross-validated again (3)', integerOption(1, 100))
    .option('--nested', 'cross-validate the whole search too: as many times the work as there are folds')
    .option('--experiment <name>', "the experiment that the run belongs to (the schema's name)")
    .option(
      '--tracking-uri <uri>',
      'where to record: a server, a database file, postgresql://... or none; else <out>/tracking.db',
    )
    .option('--artifact-root <uri>', "where a database's files go: a folder or s3://...; else <out>/artifacts")
    .option('--promote <reason>', 'put the new version into production if the gates let it; say why')
    .option('--resume', 'go on from what an interrupted training had finished', false)
    .addOption(
      new Option('--on-invalid <what>', 'what to do with rows that do not meet the schema (fail)').choices([
        'fail',
        'drop',
      ]),
    )
    .option('--separator <character>', 'what stands between the cells of a CSV file; else found in its header')
    .option('--decimal-comma', 'numbers are written 3,5')
    .option('--missing <text>', 'an unquoted text that means "missing"; may be repeated', collect)
    .option('--explain', 'only say which fits would answer which candidates; train nothing', false)
    .option('--json', 'the whole result as JSON on stdout', false)
    .action((file: string | undefined, options: TrainCommandOptions) => train(file, options, surroundings));
  withExamples(
    command,
    'scorecast train marks.csv --schema schema.json',
    'scorecast train                       (data and schema from scorecast.config.ts)',
    'scorecast train marks.csv -s schema.json --preset thorough --time 600',
    'scorecast train marks.csv -s schema.json --metric mae,r2 --floor mae=5',
    'scorecast train marks.csv -s schema.json --on-invalid drop --json > result.json',
  );
}

async function train(
  file: string | undefined,
  options: TrainCommandOptions,
  surroundings: Surroundings,
): Promise<void> {
  const { json, explain, interval, minR2, resume, promote, ...settings } = options;
  const jobOptions: JobOptions = {
    ...settings,
    ...(interval === undefined ? {} : { intervalLevel: interval }),
    ...(minR2 === undefined ? {} : { floor: { metric: 'r2', limit: minR2 } }),
  };
  const job = await readJob(file, jobOptions, surroundings.directory);
  if (explain) return explainTraining(job, json, surroundings);
  const recorded = await recordTraining(job, surroundings, { resume, ...(promote === undefined ? {} : { promote }) });
  const { trained } = recorded;
  await reportTraining(trained, json, surroundings);
  reportRecord(recorded, surroundings);
  if (promote !== undefined && recorded.production?.refusal !== undefined) throw recorded.production.refusal;
  const shown = shownPath(trained.bundlePath, surroundings.directory);
  surroundings.terminal.message('info', `next: scorecast serve ${shown}`);
}
