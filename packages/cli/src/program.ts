import { Command, Option } from 'commander';
import { addAudit } from './commands/audit.js';
import { addExport } from './commands/export.js';
import { addGc } from './commands/gc.js';
import { addImport } from './commands/import.js';
import { addInfer } from './commands/infer.js';
import { addKeys } from './commands/keys.js';
import { addModels } from './commands/models.js';
import { addPredict } from './commands/predict.js';
import { addReplay } from './commands/replay.js';
import { addReproduce } from './commands/reproduce.js';
import { addRuns } from './commands/runs.js';
import { addSample } from './commands/sample.js';
import { addServe } from './commands/serve.js';
import { addTrack } from './commands/track.js';
import { addTrain } from './commands/train.js';
import { addUp } from './commands/up.js';
import { addWebhooks } from './commands/webhooks.js';
import type { CliProcess } from './cli-process.js';
import type { Surroundings } from './surroundings.js';
import { logLevels } from './terminal/terminal.js';
import { VERSION } from './version.js';

/** The whole command line: every command is one file and adds itself here. */
export function createProgram(surroundings: Surroundings, host: Pick<CliProcess, 'stdout' | 'stderr'>): Command {
  const program = new Command('scorecast')
    .description("Predicts students' results, and any number in a table, from a file to a served model.")
    .version(VERSION)
    .addOption(
      new Option('--log-level <level>', 'the least important messages to write').choices(logLevels).default('info'),
    )
    .addOption(
      new Option('--log-format <format>', 'messages for people or for log collectors')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addHelpText(
      'before',
      'Examples:\n  $ scorecast up                 train on sample data and open a page\n  $ scorecast infer marks.csv -o schema.json\n  $ scorecast train marks.csv --schema schema.json\n',
    )
    .configureOutput({
      writeOut: (text) => void host.stdout.write(text),
      writeErr: (text) => void host.stderr.write(text),
    })
    .showHelpAfterError('(add --help for examples and options)')
    .exitOverride();
  addSample(program, surroundings);
  addInfer(program, surroundings);
  addTrain(program, surroundings);
  addPredict(program, surroundings);
  addServe(program, surroundings);
  addUp(program, surroundings);
  addTrack(program, surroundings);
  addRuns(program, surroundings);
  addModels(program, surroundings);
  addExport(program, surroundings);
  addReproduce(program, surroundings);
  addReplay(program, surroundings);
  addImport(program, surroundings);
  addKeys(program, surroundings);
  addWebhooks(program, surroundings);
  addAudit(program, surroundings);
  addGc(program, surroundings);
  return program;
}
