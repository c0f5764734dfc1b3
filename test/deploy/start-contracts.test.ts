import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, type TestContext } from 'vitest';
import { parse } from 'yaml';
import { root, textOf } from '../source-files.js';
import { tinyBundleText } from '../tiny-bundle.js';
import { inherited, readDockerfile, type Instruction } from './dockerfile.js';
import { blockOf, readModule, recordOf } from './hcl-module.js';
import { unknownVariables } from './unknown-variables.js';
import { freePort, startAs } from './started-process.js';

// Starts the service the way each platform starts the image: with the image's environment and what the platform's files add to it.
// The port that requests are sent to is taken from the files too. Where it stands in the environment, a free one is put in its
// place, so that these tests need no fixed port and still fail when the two do not agree.

const folder = mkdtempSync(join(tmpdir(), 'scorecast-start-'));
const bundle = join(folder, 'bundle.json');
writeFileSync(bundle, tinyBundleText);
chmodSync(folder, 0o755);
chmodSync(bundle, 0o644);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Platform {
  readonly name: string;
  /** What the platform adds to the image's environment. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the platform sends requests. */
  readonly port: string;
  /** What it asks to find out whether the service is well. */
  readonly probes: readonly string[];
  /** How long it waits between SIGTERM and SIGKILL. */
  readonly stopSeconds: number;
  readonly uid?: number;
  /** A command that it runs in the container as a health check. */
  readonly healthCommand?: readonly string[];
}

const image = readDockerfile('deploy/image/Dockerfile');

/** What the Dockerfile's stages put into the environment of the inference image. */
const imageEnvironment: Readonly<Record<string, string>> = Object.assign(
  {},
  ...inherited(image, 'inference').map(environmentOf),
);

function environmentOf({ keyword, words }: Instruction): Readonly<Record<string, string>> {
  const pairs = keyword === 'ENV' ? words : [];
  return Object.fromEntries(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
}

/** `name = value` of an HCL expression, where only the local port may be computed. */
function settingsIn(expression: unknown, pattern: RegExp, port: string): Readonly<Record<string, string>> {
  const pairs = [...String(expression).matchAll(pattern)].map(([, name, value]) => [name, value.trim()] as const);
  const known = (value: string) =>
    /^"[^$]*"$/.test(value) ? value.slice(1, -1) : value === 'tostring(local.port)' ? port : '10.0.0.0/16';
  return Object.fromEntries(pairs.map(([name, value]) => [name, known(value)]));
}

function ecs(): Platform {
  const { resources, locals } = readModule('deploy/aws/ecs');
  const container = recordOf(locals['container']);
  const [mapping] = [recordOf(container['portMappings'])];
  const target = blockOf(resources, 'aws_lb_target_group', 'tasks').body;
  const balanced = recordOf(blockOf(resources, 'aws_ecs_service', 'service').body['load_balancer']);
  // Container, target group and service must mean the same port.
  expect([mapping['containerPort'], target['port'], balanced['container_port']]).toEqual(
    Array(3).fill('${local.port}'),
  );
  expect(container['readonlyRootFilesystem']).toBe(true);
  const port = String(locals['port']);
  const command: unknown = recordOf(container['healthCheck'])['command'];
  return {
    name: 'ECS on Fargate',
    environment: settingsIn(container['environment'], /\{ name = "(\w+)", value = ([^}]+?) \}/g, port),
    port,
    probes: [String(recordOf(target['health_check'])['path'])],
    stopSeconds: Number(container['stopTimeout']),
    healthCommand: Array.isArray(command) ? command.map(String) : [],
  };
}

function cloudRun(): Platform {
  const { resources, locals } = readModule('deploy/google/cloud-run');
  const template = recordOf(blockOf(resources, 'google_cloud_run_v2_service', 'service').body['template']);
  const container = recordOf(template['containers']);
  expect(recordOf(container['ports'])['container_port']).toBe('${local.port}');
  const port = String(locals['port']);
  const probe = (name: string) => String(recordOf(recordOf(container[name])['http_get'])['path']);
  return {
    name: 'Cloud Run',
    // Cloud Run says by PORT where it sends requests, and stops an instance 10 s after SIGTERM (its container contract).
    environment: { PORT: port, K_SERVICE: 'scorecast', K_REVISION: 'scorecast-00001', K_CONFIGURATION: 'scorecast' },
    port,
    probes: [probe('startup_probe'), probe('liveness_probe')],
    stopSeconds: 10,
  };
}

function appService(slot: string, type: string): Platform {
  const { resources, locals } = readModule('deploy/azure/app-service');
  const { app_settings, site_config } = blockOf(resources, type, slot).body;
  expect(app_settings).toBe('${local.app_settings}');
  const port = String(locals['port']);
  const environment = settingsIn(locals['app_settings'], /^\s+(\w+) += (.+)$/gm, port);
  const stopSeconds = Number(environment['WEBSITES_CONTAINER_STOP_TIME_LIMIT']);
  const probes = [String(recordOf(site_config)['health_check_path']), environment['WEBSITE_SWAP_WARMUP_PING_PATH']];
  return { name: `App Service (${slot})`, environment, port: environment['WEBSITES_PORT'], probes, stopSeconds };
}

function space(): Platform {
  const card = parse(textOf('deploy/spaces/README.md').split('---')[1]);
  expect(card.sdk).toBe('docker');
  const [stage] = readDockerfile('deploy/spaces/Dockerfile').stages;
  const uid = Number(stage.instructions.find(({ keyword }) => keyword === 'USER')?.words[0]);
  expect(uid).toBe(1000);
  return {
    name: 'Hugging Face Spaces',
    environment: Object.assign({}, ...stage.instructions.map(environmentOf)),
    port: String(card.app_port),
    probes: ['/', '/health'],
    stopSeconds: 10,
    uid,
  };
}

function beanstalk(): Platform {
  const settings = parse(textOf('deploy/aws/beanstalk/.ebextensions/scorecast.config')).option_settings;
  const { Ports } = JSON.parse(textOf('deploy/aws/beanstalk/Dockerrun.aws.json'));
  return {
    name: 'Elastic Beanstalk',
    environment: settings['aws:elasticbeanstalk:application:environment'],
    port: String(Ports[0].ContainerPort),
    probes: [
      settings['aws:elasticbeanstalk:environment:process:default'].HealthCheckPath,
      settings['aws:elasticbeanstalk:application']['Application Healthcheck URL'],
    ],
    stopSeconds: 10,
  };
}

const platforms = [
  ecs(),
  cloudRun(),
  appService('service', 'azurerm_linux_web_app'),
  appService('staging', 'azurerm_linux_web_app_slot'),
  space(),
  beanstalk(),
];

/** Runs as another user, as the platform does, where these tests may do that. */
function userOf(context: TestContext, uid: number | undefined): number | undefined {
  if (uid === undefined || process.getuid?.() === uid) return undefined;
  if (process.getuid?.() !== 0) context.skip(`only root can start it as user ${uid}`);
  const { status } = spawnSync(process.execPath, ['--version'], { uid, gid: uid, cwd: '/' });
  if (status !== 0) context.skip(`user ${uid} may not start ${process.execPath}`);
  return uid;
}

describe('the service', () => {
  it.for(platforms)('starts, answers its probes and stops as $name has it', async (platform, context) => {
    const uid = userOf(context, platform.uid);
    const port = await freePort();
    const asFree = (value: string) => (value === platform.port ? String(port) : value);
    const settings: Readonly<Record<string, string>> = { ...imageEnvironment, ...platform.environment };
    expect(settings['SCORECAST_BUNDLE']).toBe('/bundle/bundle.json');
    const names = Object.keys(platform.environment).filter((name) => name.startsWith('SCORECAST_'));
    expect(unknownVariables(names)).toEqual([]);
    const environment = Object.fromEntries(Object.entries(settings).map(([name, value]) => [name, asFree(value)]));
    const started = await startAs({ ...environment, SCORECAST_BUNDLE: bundle }, port, uid);
    try {
      for (const probe of platform.probes) expect([probe, await started.status(probe)]).toEqual([probe, 200]);
      if (platform.healthCommand !== undefined) {
        const run = () => runHealthCommand(platform.healthCommand ?? [], environment);
        expect(run()).toBe(0);
        expect(await started.stop(platform.stopSeconds)).toBe(0);
        expect(run()).not.toBe(0);
      }
    } finally {
      expect(await started.stop(platform.stopSeconds)).toBe(0);
    }
  });
});

/** The container's command, with the image's files where they are in this checkout. */
function runHealthCommand([kind, program, ...args]: readonly string[], environment: NodeJS.ProcessEnv): number | null {
  expect(kind).toBe('CMD');
  expect(program).toBe('node');
  const paths = args.map((arg) => arg.replace(/^\/app\//, `${join(root, 'deploy/image')}/`));
  return spawnSync(process.execPath, paths, { env: environment }).status;
}
