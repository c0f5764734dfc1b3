import type { Command } from 'commander';
import { cliError } from '../cli-error.js';
import { collect, withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { countOf } from '../terminal/count-of.js';
import { importLoggedModels } from '../tracking/import/import-logged-models.js';
import { importModels } from '../tracking/import/import-models.js';
import { importExperiments } from '../tracking/import/import-experiments.js';
import { importTraces } from '../tracking/import/import-traces.js';
import { connectTracking, resolvePlace, withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';

interface ImportOptions extends TrackingPlace {
  readonly from: string;
  readonly experiment?: readonly string[];
}

/** `scorecast import`: what another MLflow server has. */
export function addImport(program: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    program
      .command('import')
      .summary('copy experiments, runs and models from another MLflow server')
      .description(
        'Copies experiments, runs with params, tags, histories of metrics, data sets and files, deleted runs too, logged models, ' +
          'registered models with versions and aliases, and traces with their steps. What was copied before is left as it is: an ' +
          'import that was interrupted goes on, and a second one adds only what is new. Runs and logged models get new ids and say ' +
          'in the tag scorecast.imported_from which ones they had. What cannot be copied is named.',
      )
      .requiredOption('--from <uri>', 'the server to copy from: http://host:5000, or databricks'),
  )
    .option(
      '--experiment <name>',
      'only this experiment, and the versions that its runs made; may be repeated',
      collect,
    )
    .action((options: ImportOptions) => importFrom(options, surroundings));
  withExamples(
    command,
    'scorecast import --from http://mlflow.school.example:5000',
    'scorecast import --from http://127.0.0.1:5000 --experiment exams --experiment retakes',
  );
}

async function importFrom(options: ImportOptions, surroundings: Surroundings): Promise<void> {
  const { terminal } = surroundings;
  const place = resolvePlace(options, surroundings);
  if (!/^(https?:|databricks\b)/i.test(options.from)) {
    const problem = `${options.from} is no server (expected http://host:5000; a database can be served with "scorecast track")`;
    throw cliError('CLI_USAGE', { problem });
  }
  if (options.from.replace(/\/+$/, '') === place.uri.replace(/\/+$/, '')) {
    throw cliError('CLI_USAGE', { problem: `${place.uri} cannot be copied into itself (name another --tracking-uri)` });
  }
  const source = await connectTracking({ ...place, uri: options.from }, surroundings);
  const target = await connectTracking(place, surroundings);
  try {
    const copies = { source, target, terminal };
    const runs = await importExperiments(copies, options.experiment);
    const logged = await importLoggedModels(copies, runs);
    const models = await importModels(copies, runs.targets, logged.targets);
    const traces = await importTraces(copies, runs);
    const present = [runs, logged, models, traces].reduce((sum, one) => sum + one.present, 0);
    terminal.message(
      'info',
      `copied ${countOf(runs.copied, 'run')}, ${countOf(logged.copied, 'logged model')}, ` +
        `${countOf(models.copied, 'version')} and ${countOf(traces.copied, 'trace')}; ${present} were there already`,
      {
        runs: runs.copied,
        loggedModels: logged.copied,
        versions: models.copied,
        traces: traces.copied,
        present,
      },
    );
  } finally {
    await target.close();
    await source.close();
  }
}
