import { startServer, type RunningServer } from '@scorecast/serve';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tinyBundle } from '../tiny-bundle.js';
import { setStage, type Lines, type Stage } from './stage-play.js';

// Runs the deployment scripts against programs that play aws, az, gcloud and docker, and against a real service where the scripts ask
// one. What the clouds' programs answer is cut down from their documentation; no cloud was asked.

const DEAD = 'http://127.0.0.1:9';
const QUICKLY = ['--seconds', '2', '--poll-seconds', '0.05'];

let server: RunningServer;
let alive: string;
let stage: Stage;

beforeAll(async () => {
  server = await startServer(tinyBundle, { port: 0, logLevel: 'silent' });
  alive = server.url.replace('localhost', '127.0.0.1');
});
afterAll(() => server.close());
beforeEach(() => {
  stage = setStage();
});
afterEach(() => stage.clear());

const node = (script: string, ...args: readonly string[]) => stage.run(process.execPath, [`deploy/${script}`, ...args]);
const callsOf = (pattern: RegExp) => stage.calls().filter((call) => pattern.test(call));

describe('smoke-test.mjs', () => {
  it('passes a service that predicts', async () => {
    const { code, stderr } = await node('smoke-test.mjs', alive);
    expect(stderr).toContain(`is ready: model tiny ${tinyBundle.version} predicts`);
    expect(code).toBe(0);
  });

  it('fails where another model is served, and where nobody answers', async () => {
    const other = await node('smoke-test.mjs', alive, '--model-version', 'abc');
    expect([other.code, other.stderr]).toEqual([1, expect.stringContaining('(expected abc)')]);
    const none = await node('smoke-test.mjs', DEAD, '--seconds', '0');
    expect([none.code, none.stderr]).toEqual([1, expect.stringContaining('/ready answering 200 did not happen')]);
  });
});

describe('copy-image.sh', () => {
  it('pushes the very image under every tag, and says where it is now', async () => {
    stage.play('docker', [
      [/ image inspect /, 'ghcr.io/me/scorecast@sha256:aa\nregistry/scorecast@sha256:bb\n\n'],
      [/ (pull|tag|push) /, ''],
    ]);
    const { code, stdout } = await stage.run('deploy/copy-image.sh', [
      'ghcr.io/me/scorecast@sha256:aa',
      'registry/scorecast',
      'c1',
      'latest',
    ]);
    expect([code, stdout]).toEqual([0, 'registry/scorecast@sha256:bb\n']);
    expect(callsOf(/ (tag|push) /)).toEqual([
      'docker tag ghcr.io/me/scorecast@sha256:aa registry/scorecast:c1',
      'docker push --quiet registry/scorecast:c1',
      'docker tag ghcr.io/me/scorecast@sha256:aa registry/scorecast:latest',
      'docker push --quiet registry/scorecast:latest',
    ]);
  });
});

describe('deploy-ecs.mjs', () => {
  const ARN = 'arn:aws:ecs:eu-central-1:123456789012:task-definition/scorecast';
  const service = (revision: number, ...rollouts: readonly [number, string][]) =>
    JSON.stringify({
      services: [
        {
          taskDefinition: `${ARN}:${revision}`,
          deployments: rollouts.map(([of, rolloutState]) => ({ taskDefinition: `${ARN}:${of}`, rolloutState })),
        },
      ],
    });
  const registered = {
    taskDefinition: {
      taskDefinitionArn: `${ARN}:7`,
      family: 'scorecast',
      revision: 7,
      status: 'ACTIVE',
      registeredAt: '2026-11-20T10:00:00Z',
      containerDefinitions: [
        { name: 'scorecast', image: 'old' },
        { name: 'sidecar', image: 'kept' },
      ],
    },
  };
  const play = (...services: readonly string[]) => {
    const lines: Lines = [
      [/describe-services/, ...services],
      [/describe-task-definition/, JSON.stringify(registered)],
      [/register-task-definition/, JSON.stringify({ taskDefinition: { taskDefinitionArn: `${ARN}:8` } })],
      [/list-task-definitions/, JSON.stringify({ taskDefinitionArns: [`${ARN}:7`, `${ARN}:5`] })],
      [/update-service/, '{}'],
    ];
    stage.play('aws', lines);
  };
  const deploy = (...args: readonly string[]) =>
    node('aws/deploy-ecs.mjs', '--cluster', 'c', '--service', 's', ...QUICKLY, ...args);
  const putIntoService = () => callsOf(/update-service/).map((call) => /:(\d+) --output/.exec(call)?.[1]);

  it('registers a revision with the new image and waits until ECS has rolled it out', async () => {
    play(service(7), service(8, [8, 'IN_PROGRESS'], [7, 'COMPLETED']), service(8, [8, 'COMPLETED']));
    const { code, stderr } = await deploy('--image', 'registry/scorecast@sha256:bb', '--url', alive);
    expect(stderr).toContain(`${ARN}:8 is in service`);
    expect(code).toBe(0);
    const [input] = callsOf(/register/).map((call) =>
      JSON.parse(call.replace(/^.*--cli-input-json | --output json$/g, '')),
    );
    expect(input).toEqual({
      family: 'scorecast',
      containerDefinitions: [
        { name: 'scorecast', image: 'registry/scorecast@sha256:bb' },
        { name: 'sidecar', image: 'kept' },
      ],
    });
    expect(putIntoService()).toEqual(['8']);
  });

  it('fails when the circuit breaker has gone back', async () => {
    play(service(7), service(8, [8, 'IN_PROGRESS']), service(7, [7, 'IN_PROGRESS'], [8, 'FAILED']));
    const { code, stderr } = await deploy('--image', 'new');
    expect([code, stderr]).toEqual([1, expect.stringContaining(`did not become healthy; ECS went back to ${ARN}:7`)]);
  });

  it('puts the former revision back when the service does not pass the smoke test', async () => {
    play(service(7), service(8, [8, 'COMPLETED']), service(7, [7, 'COMPLETED']));
    const { code, stderr } = await deploy('--image', 'new', '--url', DEAD);
    expect([code, stderr]).toEqual([1, expect.stringContaining(`${ARN}:7 is in service again`)]);
    expect(putIntoService()).toEqual(['8', '7']);
  });

  it('rolls back to the revision before', async () => {
    play(service(7), service(5, [5, 'COMPLETED']));
    expect((await deploy('--roll-back')).code).toBe(0);
    expect(putIntoService()).toEqual(['5']);
  });

  it('says what is missing', async () => {
    const { code, stderr } = await node('aws/deploy-ecs.mjs', '--cluster', 'c');
    expect([code, stderr]).toEqual([1, 'error: missing --service and --image\n']);
  });
});

describe('deploy-cloud-run.mjs', () => {
  const state = (latest: string, traffic: readonly object[]) =>
    JSON.stringify({ status: { latestReadyRevisionName: latest, url: alive, traffic } });
  const former = { revisionName: 'old', percent: 100 };
  const play = (tagged: string, latest = 'new') =>
    stage.play('gcloud', [
      [/services describe/, state('old', [former]), state(latest, [former, { tag: 'c1', url: tagged, percent: 0 }])],
      [/revisions list/, JSON.stringify([{ metadata: { name: 'old' } }, { metadata: { name: 'older' } }])],
      [/run deploy|update-traffic/, ''],
    ]);
  const deploy = (...args: readonly string[]) =>
    node('google/deploy-cloud-run.mjs', '--service', 's', '--region', 'r', '--project', 'p', ...QUICKLY, ...args);
  const shifts = () => callsOf(/update-traffic/).map((call) => /--to-revisions (\S+)/.exec(call)?.[1]);

  it('tries the revision without traffic, then with a share of it, then with all', async () => {
    play(alive);
    const { code, stderr } = await deploy('--image', 'i', '--tag', 'c1');
    expect(stderr).toContain('new is in service');
    expect(code).toBe(0);
    expect(callsOf(/run deploy/)).toEqual([
      'gcloud run deploy s --image i --no-traffic --tag c1 --quiet --region r --project p',
    ]);
    expect(shifts()).toEqual(['new=10,old=90', 'new=100']);
  });

  it('gives the former revision all traffic when the new one fails', async () => {
    play(DEAD);
    const { code, stderr } = await deploy('--image', 'i', '--tag', 'c1');
    expect([code, stderr]).toEqual([1, expect.stringContaining('all traffic goes to old again')]);
    expect(shifts()).toEqual(['old=100']);
  });

  it('leaves everything as it is when the new revision does not get ready', async () => {
    play(alive, 'old');
    const { code, stderr } = await deploy('--image', 'i', '--tag', 'c1');
    expect([code, stderr]).toEqual([1, expect.stringContaining('is not ready; old stays in service')]);
    expect(shifts()).toEqual([]);
  });

  it('rolls back to the revision before', async () => {
    play(alive);
    expect((await deploy('--roll-back')).code).toBe(0);
    expect(shifts()).toEqual(['older=100']);
  });
});

describe('deploy-app-service.mjs', () => {
  const play = (staging: string, production: string) =>
    stage.play('az', [
      [/webapp show .*--slot staging/, JSON.stringify(staging)],
      [/webapp show/, JSON.stringify(production)],
      [/config container set|restart|slot swap/, ''],
    ]);
  const deploy = (...args: readonly string[]) =>
    node('azure/deploy-app-service.mjs', '--group', 'g', '--app', 'a', ...QUICKLY, ...args);
  const swaps = () => callsOf(/slot swap/).length;

  it('starts the image in the staging slot, tries it there, and swaps', async () => {
    play(alive, alive);
    const { code } = await deploy('--image', 'registry.azurecr.io/scorecast:c1');
    expect(code).toBe(0);
    expect(stage.calls().map((call) => call.replace(/ --.*/, ''))).toEqual([
      'az webapp show',
      'az webapp show',
      'az webapp config container set',
      'az webapp restart',
      'az webapp deployment slot swap',
    ]);
    expect(callsOf(/container set/)[0]).toContain(
      '--slot staging --container-image-name registry.azurecr.io/scorecast:c1',
    );
  });

  it('does not swap what fails in the staging slot', async () => {
    play(DEAD, alive);
    expect((await deploy('--image', 'i')).code).toBe(1);
    expect(swaps()).toBe(0);
  });

  it('swaps back when production fails', async () => {
    play(alive, DEAD);
    const { code, stderr } = await deploy('--image', 'i');
    expect([code, stderr]).toEqual([1, expect.stringContaining('the former version was swapped back')]);
    expect(swaps()).toBe(2);
  });

  it('rolls back by one swap', async () => {
    play(alive, alive);
    expect((await deploy('--roll-back')).code).toBe(0);
    expect(swaps()).toBe(1);
  });
});
