import { Option, type Command } from 'commander';
import type { ApprovalRule, RuleChanges } from '@scorecast/track';
import type { ClientRules } from '@scorecast/track/client';
import { cliError } from '../cli-error.js';
import { numberOption, withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { jsonText } from '../terminal/json-text.js';
import { keyValueLines } from '../terminal/key-value-lines.js';
import { withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';
import { ofRegistry, withTracking } from '../tracking/with-tracking.js';

/** The options that change rules, in `models rules` and `track`. */
export interface RuleOptions {
  readonly approval?: ApprovalRule;
  readonly minR2?: number;
  readonly strictGates?: boolean;
}

interface ModelRulesOptions extends TrackingPlace, RuleOptions {
  readonly tolerance?: number;
  readonly coverageSlack?: number;
  readonly reason?: string;
  readonly json: boolean;
}

const APPROVAL: readonly ApprovalRule[] = ['implied', 'explicit', 'two-person'];

/** Gives a command the options that change the rules which people change most. */
export function withRules(command: Command): Command {
  return command
    .addOption(
      new Option('--approval <rule>', 'what a version needs before production (at first implied)').choices(APPROVAL),
    )
    .option('--min-r2 <n>', 'the cross-validated R2 that it must have (at first 0.6)', numberOption(-Infinity, 1))
    .option('--strict-gates', 'stop versions whose training recorded nothing that gates could check')
    .option('--no-strict-gates', 'let them pass (at first so)');
}

/** What the options of {@link withRules} change. */
export function changesOf({ approval, minR2, strictGates }: RuleOptions): RuleChanges {
  return { approval, minR2, strict: strictGates };
}

/** `scorecast models rules`: what it takes to put a version into production. */
export function addModelRules(models: Command, surroundings: Surroundings): void {
  const command = withRules(
    withTrackingPlace(
      models
        .command('rules')
        .summary('show or change what a version needs before production')
        .description(
          'Shows the rules that the database keeps, or changes those that are named. They hold for everybody who works on it, by a\n' +
            'server or directly; changes are in the audit log.',
        ),
    ),
  )
    .option('--tolerance <n>', 'by how much its R2 may be below that of the present version', numberOption(0, Infinity))
    .option('--coverage-slack <n>', 'by how much its intervals may hold less than they promise', numberOption(0, 1))
    .option('--reason <why>', 'why they are changed; it is kept in the audit log')
    .option('--json', 'write JSON instead of text', false)
    .action((options: ModelRulesOptions) => modelRules(options, surroundings));
  withExamples(
    command,
    'scorecast models rules',
    'scorecast models rules --min-r2 0.5 --reason "a harder subject"',
    'scorecast models rules --approval two-person --reason "as of this term"',
  );
}

async function modelRules(options: ModelRulesOptions, surroundings: Surroundings): Promise<void> {
  const { tolerance, coverageSlack, reason, json } = options;
  const wanted = Object.entries({ ...changesOf(options), tolerance, coverageSlack });
  const changes = Object.fromEntries(wanted.filter(([, value]) => value !== undefined));
  const isChange = Object.keys(changes).length > 0;
  if (isChange !== (reason !== undefined)) {
    const problem = isChange
      ? 'a change of rules needs a reason (expected --reason "why")'
      : 'a reason was given, but no rule to change (expected for example --min-r2 0.5)';
    throw cliError('CLI_USAGE', { problem });
  }
  await withTracking(options, surroundings, async ({ client: { registry }, uri }) => {
    const work = reason === undefined ? registry.rules() : registry.changeRules({ ...changes, reason });
    const rules = await ofRegistry(uri, 'rules', work);
    await surroundings.terminal.data(json ? jsonText(rules) : `${rulesPage(rules).join('\n')}\n`);
  });
}

function rulesPage({ approval, minR2, tolerance, coverageSlack, strict }: ClientRules): readonly string[] {
  return keyValueLines('before production', [
    ['approval', approval],
    ['min-r2', String(minR2)],
    ['tolerance', String(tolerance)],
    ['coverage-slack', String(coverageSlack)],
    ['strict-gates', strict ? 'yes' : 'no'],
  ]);
}
