// Puts an image into service on ECS without downtime, and goes back when that fails.
//   node deploy/aws/deploy-ecs.mjs --cluster scorecast --service scorecast --image REPOSITORY@sha256:... [--url https://...]
//   node deploy/aws/deploy-ecs.mjs --cluster scorecast --service scorecast --roll-back
// ECS starts new tasks beside the old ones, and its circuit breaker goes back when they do not become healthy. With --url the
// service is smoke-tested after that as well. --roll-back puts the revision before the present one into service again.

import { parseArgs } from 'node:util';
import { main, requireOptions, run, runJson, waitFor } from '../run-command.mjs';
import { smokeTest } from '../smoke-test.mjs';

// What describe-task-definition says besides what register-task-definition takes.
const ANSWER_ONLY = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
];

const { values: options } = parseArgs({
  options: {
    cluster: { type: 'string' },
    service: { type: 'string' },
    image: { type: 'string' },
    container: { type: 'string', default: 'scorecast' },
    url: { type: 'string' },
    seconds: { type: 'string', default: '900' },
    'poll-seconds': { type: 'string', default: '10' },
    'roll-back': { type: 'boolean', default: false },
  },
});
const patience = { seconds: Number(options.seconds), pollSeconds: Number(options['poll-seconds']) };

await main(async () => {
  requireOptions(options, 'cluster', 'service', ...(options['roll-back'] ? [] : ['image']));
  const former = describeService().taskDefinition;
  if (options['roll-back']) return rollOut(revisionBefore(former));
  await rollOut(registerWithImage(former));
  if (options.url === undefined) return;
  try {
    await smokeTest(options.url, { seconds: Math.min(120, patience.seconds), pollSeconds: patience.pollSeconds });
  } catch (error) {
    await rollOut(former);
    throw new Error(`${error.message}; ${former} is in service again`, { cause: error });
  }
});

function describeService() {
  const { services } = runJson('aws', 'ecs', 'describe-services', ...target('--services'), '--output', 'json');
  if (services.length === 0) throw new Error(`there is no service ${options.service} in cluster ${options.cluster}`);
  return services[0];
}

/** The present task definition with another image, as a new revision. */
function registerWithImage(arn) {
  const { taskDefinition } = runJson(
    'aws',
    'ecs',
    'describe-task-definition',
    '--task-definition',
    arn,
    '--output',
    'json',
  );
  const { containerDefinitions: containers } = taskDefinition;
  if (!containers.some(({ name }) => name === options.container)) {
    const names = containers.map(({ name }) => name).join(', ');
    throw new Error(`task definition ${arn} has no container ${options.container} (it has ${names})`);
  }
  const next = {
    ...Object.fromEntries(Object.entries(taskDefinition).filter(([key]) => !ANSWER_ONLY.includes(key))),
    containerDefinitions: containers.map((container) =>
      container.name === options.container ? { ...container, image: options.image } : container,
    ),
  };
  const input = JSON.stringify(next);
  const registered = runJson('aws', 'ecs', 'register-task-definition', '--cli-input-json', input, '--output', 'json');
  return registered.taskDefinition.taskDefinitionArn;
}

/** The revision that was registered before this one and still exists. */
function revisionBefore(arn) {
  const family = arn.replace(/^.*task-definition\//, '').replace(/:\d+$/, '');
  const { taskDefinitionArns: newestFirst } = runJson(
    ...['aws', 'ecs', 'list-task-definitions', '--family-prefix', family],
    ...['--status', 'ACTIVE', '--sort', 'DESC', '--output', 'json'],
  );
  const before = newestFirst[newestFirst.indexOf(arn) + 1];
  if (before === undefined) throw new Error(`there is no revision before ${arn}`);
  return before;
}

async function rollOut(arn) {
  run('aws', 'ecs', 'update-service', ...target('--service'), '--task-definition', arn, '--output', 'json');
  const end = await waitFor(`the rollout of ${arn}`, () => endOfRollout(arn), patience);
  if (end.failed) throw new Error(`${arn} did not become healthy; ECS went back to ${end.inService}`);
  console.error(`${arn} is in service`);
}

/** How the rollout ended, or undefined while it goes on. */
function endOfRollout(arn) {
  const { deployments, taskDefinition: inService } = describeService();
  const mine = deployments.find(({ taskDefinition }) => taskDefinition === arn);
  // The circuit breaker makes the former revision the primary one again, and takes the failed one off the list.
  if (inService !== arn || mine === undefined || mine.rolloutState === 'FAILED') return { failed: true, inService };
  return mine.rolloutState === 'COMPLETED' ? { failed: false, inService } : undefined;
}

function target(serviceOption) {
  return ['--cluster', options.cluster, serviceOption, options.service];
}
