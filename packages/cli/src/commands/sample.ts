import path from 'node:path';
import { Argument, type Command } from 'commander';
import { integerOption, withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { countOf } from '../terminal/count-of.js';

interface SampleOptions {
  readonly output?: string;
  readonly rows: number;
  readonly seed: number;
  readonly schema?: boolean;
}

/** `scorecast sample`: writes fictional data to try things with. */
export function addSample(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('sample')
    .summary('write fictional sample data')
    .description('Writes fictional sample data as CSV. No student in it exists.')
    .addArgument(new Argument('[name]', 'which sample').choices(['exams', 'study-habits']).default('exams'))
    .option('-o, --output <file>', 'write to this file instead of stdout')
    .option('--rows <n>', 'how many rows', integerOption(1, 100_000_000), 1000)
    .option('--seed <n>', 'seeds the generator', integerOption(0, 0xffffffff), 42)
    .option('--schema', "write the sample's schema as JSON instead of its rows")
    .action((name: 'exams' | 'study-habits', options: SampleOptions) => sample(name, options, surroundings));
  withExamples(
    command,
    'scorecast sample exams -o exams.csv',
    'scorecast sample exams --schema -o schema.json',
    'scorecast sample study-habits --rows 200 --seed 7 > habits.csv',
  );
}

async function sample(
  name: 'exams' | 'study-habits',
  options: SampleOptions,
  { terminal, directory }: Surroundings,
): Promise<void> {
  const { sampleLines, sampleSchemas, writeFileSafely } = await import('@scorecast/data');
  const chunks =
    options.schema === true
      ? [`${JSON.stringify(sampleSchemas[name], null, 2)}\n`]
      : sampleLines(name, { rows: options.rows, seed: options.seed });
  if (options.output === undefined) {
    for (const chunk of chunks) await terminal.data(chunk);
    return;
  }
  await writeFileSafely(path.resolve(directory, options.output), chunks);
  const what = options.schema === true ? 'the schema' : countOf(options.rows, 'fictional row');
  terminal.message('info', `wrote ${what} to ${options.output}`, { path: options.output });
  if (options.schema !== true) terminal.message('info', `next: scorecast infer ${options.output} -o schema.json`);
}
