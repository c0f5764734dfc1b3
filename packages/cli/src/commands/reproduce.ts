import type { Command } from 'commander';
import { integerOption, withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { findRun } from '../tracking/find-run.js';
import { reproduceRun } from '../tracking/reproduce-run.js';
import { runOfBundle } from '../tracking/run-of-bundle.js';
import { withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';
import { withTracking } from '../tracking/with-tracking.js';

interface ReproduceOptions extends TrackingPlace {
  readonly data?: string;
  readonly workers?: number;
}

/** `scorecast reproduce`: trains again and proves that the same bytes come out. */
export function addReproduce(program: Command, surroundings: Surroundings): void {
  const command = withTrackingPlace(
    program
      .command('reproduce')
      .summary('train a recorded run again and prove that the same bundle comes out')
      .description(
        'Trains with the settings and the data of a recorded run, in a folder that is removed afterwards, and compares the ' +
          'bundle byte by byte. Where it differs, it says in what, and the exit code is 1.',
      )
      .argument('<run>', 'the id of a run or its beginning, or the version of a bundle, such as a prediction names'),
  )
    .option('--data <file>', 'the data file, where it is no longer in its place')
    .option('--workers <n>', 'threads; changes no result (all cores)', integerOption(1, 1024))
    .action((run: string, options: ReproduceOptions) => reproduce(run, options, surroundings));
  withExamples(command, 'scorecast reproduce 3f2a91c0', 'scorecast reproduce 9bd0c1f2a3e4 --data archive/marks.csv');
}

async function reproduce(named: string, options: ReproduceOptions, surroundings: Surroundings): Promise<void> {
  await withTracking(options, surroundings, async ({ client }) => {
    const run = (await runOfBundle(client, named)) ?? (await findRun(client, named));
    await reproduceRun(client, run, options, surroundings);
  });
}
