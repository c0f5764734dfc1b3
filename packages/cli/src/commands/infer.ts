import path from 'node:path';
import type { Command } from 'commander';
import { withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { textTable } from '../terminal/text-table.js';

interface InferOptions {
  readonly output?: string;
  readonly target?: string;
  readonly name?: string;
  readonly separator?: string;
  readonly json: boolean;
}

/** `scorecast infer`: proposes a schema from a file and says why. */
export function addInfer(program: Command, surroundings: Surroundings): void {
  const command = program
    .command('infer')
    .summary('propose a schema for a data file')
    .description(
      'Reads a data file (CSV, JSON lines or Parquet) and proposes a schema: JSON on stdout, reasons on stderr.',
    )
    .argument('<file>', 'the data file')
    .option('-o, --output <file>', 'write the schema to this file instead of stdout')
    .option('--target <column>', 'the column to predict')
    .option('--name <name>', "the schema's name; the file's name when left out")
    .option('--separator <character>', 'what stands between the cells of a CSV file; found in its header when left out')
    .option('--json', 'schema and reasons as one JSON document on stdout', false)
    .action((file: string, options: InferOptions) => infer(file, options, surroundings));
  withExamples(command, 'scorecast infer marks.csv -o schema.json', 'scorecast infer marks.csv --target final_mark');
}

async function infer(file: string, options: InferOptions, { terminal, directory }: Surroundings): Promise<void> {
  const { inferSchema, writeFileSafely } = await import('@scorecast/data');
  const { target, name, separator } = options;
  const { schema, reasons } = await inferSchema(path.resolve(directory, file), {
    ...(target === undefined ? {} : { target }),
    ...(name === undefined ? {} : { name }),
    ...(separator === undefined ? {} : { separator }),
  });
  if (options.json) return terminal.data(`${JSON.stringify({ schema, reasons })}\n`);
  const rows = reasons.map((reason) => [reason.column, reason.decision, reason.why]);
  const headings = ['column', 'decision', 'why'].map((heading) => ({ heading, align: 'left' as const }));
  terminal.message('info', textTable(headings, rows), { reasons });
  const json = `${JSON.stringify(schema, null, 2)}\n`;
  if (options.output === undefined) return terminal.data(json);
  await writeFileSafely(path.resolve(directory, options.output), json);
  terminal.message('info', `\nwrote ${options.output}: read it, mend ranges and flags, then`, { path: options.output });
  terminal.message('info', `next: scorecast train ${file} --schema ${options.output}`);
}
