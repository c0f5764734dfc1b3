// Puts an image into service on Azure App Service: into the staging slot, a smoke test there, a swap, and a swap back when that fails.
//   node deploy/azure/deploy-app-service.mjs --group scorecast --app scorecast --image registry.azurecr.io/scorecast:TAG
//   node deploy/azure/deploy-app-service.mjs --group scorecast --app scorecast --roll-back
// After a swap the staging slot holds the former version, warm: --roll-back swaps once more.

import { parseArgs } from 'node:util';
import { main, requireOptions, run, runJson } from '../run-command.mjs';
import { smokeTest } from '../smoke-test.mjs';

const { values: options } = parseArgs({
  options: {
    group: { type: 'string' },
    app: { type: 'string' },
    image: { type: 'string' },
    slot: { type: 'string', default: 'staging' },
    seconds: { type: 'string', default: '300' },
    'poll-seconds': { type: 'string', default: '5' },
    'roll-back': { type: 'boolean', default: false },
  },
});
const app = ['--resource-group', options.group, '--name', options.app];
const patience = { seconds: Number(options.seconds), pollSeconds: Number(options['poll-seconds']) };

await main(async () => {
  requireOptions(options, 'group', 'app', ...(options['roll-back'] ? [] : ['image']));
  const production = addressOf();
  if (options['roll-back']) {
    swap();
    await smokeTest(production, patience);
    return;
  }
  const staging = addressOf('--slot', options.slot);
  run(
    ...['az', 'webapp', 'config', 'container', 'set', ...app, '--slot', options.slot],
    ...['--container-image-name', options.image, '--output', 'none'],
  );
  run('az', 'webapp', 'restart', ...app, '--slot', options.slot, '--output', 'none');
  await smokeTest(staging, patience);
  swap();
  try {
    await smokeTest(production, patience);
  } catch (error) {
    swap();
    throw new Error(`${error.message}; the former version was swapped back`, { cause: error });
  }
  console.error(`${options.image} is in service; the former version waits in slot ${options.slot}`);
});

function addressOf(...slot) {
  const name = runJson('az', 'webapp', 'show', ...app, ...slot, '--query', 'defaultHostName', '--output', 'json');
  // A host name, but for tests against this machine.
  return name.includes('://') ? name : `https://${name}`;
}

/** App Service starts the staging slot with production's settings, waits until it answers, and then exchanges the two. */
function swap() {
  run(
    ...['az', 'webapp', 'deployment', 'slot', 'swap', ...app],
    ...['--slot', options.slot, '--target-slot', 'production', '--output', 'none'],
  );
}
