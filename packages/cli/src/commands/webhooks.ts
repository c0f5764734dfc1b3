import type { Command } from 'commander';
import type { ClientWebhook } from '@scorecast/track/client';
import { cliError } from '../cli-error.js';
import { collect, withExamples } from '../options.js';
import type { Surroundings } from '../surroundings.js';
import { jsonLines, jsonText } from '../terminal/json-text.js';
import { textTable } from '../terminal/text-table.js';
import { timeText } from '../terminal/time-text.js';
import { withTrackingPlace, type TrackingPlace } from '../tracking/tracking-place.js';
import { ofRegistry, withTracking } from '../tracking/with-tracking.js';

interface WebhooksOptions extends TrackingPlace {
  readonly json: boolean;
}

const WHAT = 'webhooks';
const EXAMPLE_ID = '0a1b2c3d'.repeat(4);

/** `scorecast webhooks`: which other programs are told of changes. */
export function addWebhooks(program: Command, surroundings: Surroundings): void {
  const webhooks = program
    .command('webhooks')
    .summary('add, list, test and remove webhooks of a tracking server')
    .description(
      'Webhooks are told when aliases move and versions are made, approved or deleted. "scorecast track" sends the messages, signed,\n' +
        'and again after growing pauses until they are taken; what changes while it does not run is told when it runs again.',
    );
  withExamples(webhooks, 'scorecast webhooks add https://lab.example/hook', 'scorecast webhooks list');
  addAdd(webhooks, surroundings);
  addList(webhooks, surroundings);
  addTest(webhooks, surroundings);
  addRemove(webhooks, surroundings);
}

/** Gives a command the options of all of them. */
function withPlace(command: Command): Command {
  return withTrackingPlace(command).option('--json', 'write JSON instead of text', false);
}

function addAdd(webhooks: Command, surroundings: Surroundings): void {
  const command = withPlace(
    webhooks
      .command('add')
      .summary('add a webhook')
      .description('Adds a webhook and writes the secret that signs its messages to stdout, this one time.')
      .argument('<url>', 'where messages are sent'),
  )
    .option(
      '--event <name>',
      'only this event: alias.moved, alias.deleted, version.created, version.deleted or version.approved; may be repeated',
      collect,
    )
    .action((url: string, options: WebhooksOptions & { readonly event?: readonly string[] }) =>
      add(url, options, surroundings),
    );
  withExamples(
    command,
    'scorecast webhooks add https://lab.example/hook',
    'scorecast webhooks add https://lab.example/hook --event alias.moved --event version.approved',
  );
}

async function add(
  url: string,
  options: WebhooksOptions & { readonly event?: readonly string[] },
  surroundings: Surroundings,
): Promise<void> {
  const { terminal } = surroundings;
  const { event: events, json } = options;
  await withTracking(options, surroundings, async ({ client, uri }) => {
    const wanted = { url, ...(events === undefined ? {} : { events }) };
    const { webhook, secret } = await ofRegistry(uri, WHAT, client.registry.addWebhook(wanted));
    await terminal.data(json ? jsonText({ ...webhook, secret }) : `${secret}\n`);
    const { id } = webhook;
    terminal.message('info', `webhook ${id}; its secret is not shown again. Next: scorecast webhooks test ${id}`);
  });
}

function addList(webhooks: Command, surroundings: Surroundings): void {
  const command = withPlace(
    webhooks
      .command('list')
      .summary('list webhooks')
      .description('Lists webhooks without their secrets, with how many messages wait for each and why.'),
  ).action((options: WebhooksOptions) =>
    withTracking(options, surroundings, async ({ client, uri }) => {
      const found = await ofRegistry(uri, WHAT, client.registry.webhooks());
      if (options.json) return surroundings.terminal.data(jsonLines(found));
      if (found.length > 0) return surroundings.terminal.data(`${webhookTable(found)}\n`);
      surroundings.terminal.message('info', 'there are no webhooks');
    }),
  );
  withExamples(command, 'scorecast webhooks list');
}

function webhookTable(webhooks: readonly ClientWebhook[]): string {
  const columns = ['id', 'url', 'events', 'created (UTC)', 'waiting', 'last error'].map(
    (heading) => ({ heading, align: heading === 'waiting' ? 'right' : 'left' }) as const,
  );
  const rows = webhooks.map(({ id, url, events, createdAt, waiting, lastError }) => [
    id,
    url,
    events.join(' '),
    timeText(createdAt),
    String(waiting),
    lastError ?? '',
  ]);
  return textTable(columns, rows);
}

function addTest(webhooks: Command, surroundings: Surroundings): void {
  const command = withPlace(
    webhooks
      .command('test')
      .summary('send a webhook a message now')
      .description('Sends a webhook a message with the event "test"; one that is not taken is exit code 1.')
      .argument('<id>', 'the 32 digits that "scorecast webhooks list" shows'),
  ).action((id: string, options: WebhooksOptions) =>
    withTracking(options, surroundings, async ({ client, uri }) => {
      const reason = await ofRegistry(uri, WHAT, client.registry.testWebhook(id));
      if (options.json) await surroundings.terminal.data(jsonText({ id, isDelivered: reason === null, reason }));
      if (reason !== null) throw cliError('CLI_WEBHOOK_REFUSED', { id, reason });
      surroundings.terminal.message('info', `webhook ${id} took the message`);
    }),
  );
  withExamples(command, `scorecast webhooks test ${EXAMPLE_ID}`);
}

function addRemove(webhooks: Command, surroundings: Surroundings): void {
  const command = withPlace(
    webhooks
      .command('remove')
      .summary('remove a webhook')
      .description('Removes a webhook and what it was still to be told.')
      .argument('<id>', 'the 32 digits that "scorecast webhooks list" shows'),
  ).action((id: string, options: WebhooksOptions) =>
    withTracking(options, surroundings, async ({ client, uri }) => {
      await ofRegistry(uri, WHAT, client.registry.removeWebhook(id));
      if (options.json) return surroundings.terminal.data(jsonText({ id }));
      surroundings.terminal.message('info', `removed webhook ${id}`);
    }),
  );
  withExamples(command, `scorecast webhooks remove ${EXAMPLE_ID}`);
}
