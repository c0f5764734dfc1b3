import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root, textOf } from '../source-files.js';
import { filesBelow, runTool } from './deploy-files.js';
import { readDockerfile } from './dockerfile.js';
import { unknownVariables } from './unknown-variables.js';

interface Service {
  readonly image: string;
  readonly build?: { readonly context: string; readonly dockerfile: string; readonly target: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly secrets?: readonly string[];
  readonly volumes?: readonly string[];
  readonly networks: readonly string[];
  readonly ports?: readonly string[];
  readonly healthcheck?: { readonly test: readonly string[] };
  readonly stop_grace_period?: string;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, null>>;
  readonly secrets: Readonly<Record<string, { readonly file: string }>>;
}

const { services, networks, volumes, secrets }: Compose = parse(textOf('deploy/compose/compose.yaml'), { merge: true });
const each = Object.entries(services);
const dockerfile = readDockerfile('deploy/image/Dockerfile');

describe('deploy/compose/compose.yaml', () => {
  it('agrees with the reference implementation of the Compose specification', (context) => {
    const { status, output } = runTool(context, 'compose-spec', 'deploy/compose/compose.yaml');
    expect(status, output).toBe(0);
  });

  it.each(each)('gives %s a read-only root, no capabilities, and limits', (_name, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      deploy: { resources: { limits: { cpus: expect.any(String), memory: expect.stringMatching(/^\d+M$/) } } },
    });
  });

  it.each(each)('knows whether %s is healthy', (_name, { build, healthcheck }) => {
    const stage = dockerfile.stages.find(({ name }) => name === build?.target);
    const ofImage = stage?.name === 'inference' || stage?.instructions.some(({ keyword }) => keyword === 'HEALTHCHECK');
    expect(healthcheck !== undefined || ofImage === true).toBe(true);
  });

  it.each(each)(
    'builds %s from a target that exists, or takes an image of a fixed version',
    (_name, { build, image }) => {
      if (build === undefined) expect(image).toMatch(/^\$\{\w+_IMAGE:-[\w./-]+:v?\d[\w.-]*\}$/);
      else {
        expect(dockerfile.stages.map(({ name }) => name)).toContain(build.target);
        expect(existsSync(join(root, 'deploy/compose', build.context, build.dockerfile))).toBe(true);
      }
    },
  );

  it('publishes ports to this machine alone, and only of what people open', () => {
    const published = each.flatMap(([name, { ports = [] }]) => ports.map((port) => [name, port]));
    expect(published).toEqual([
      ['service', '127.0.0.1:8080:8080'],
      ['tracking', '127.0.0.1:5000:5000'],
      ['grafana', '127.0.0.1:3000:3000'],
    ]);
  });

  it('keeps the database and the metrics where nothing leads outside', () => {
    expect(networks).toMatchObject({ database: { internal: true }, metrics: { internal: true } });
    expect(services['database'].networks).toEqual(['database']);
    expect(services['prometheus'].networks).toEqual(['metrics']);
  });

  it('sets only variables that the service has', () => {
    expect(unknownVariables(Object.keys(services['service'].environment ?? {}))).toEqual([]);
  });

  it('gives the service longer to end than it takes', () => {
    const { environment = {}, stop_grace_period: grace = '' } = services['service'];
    const taken = Number(environment['SCORECAST_DRAIN_DELAY']) + Number(environment['SCORECAST_STOP_TIMEOUT']);
    expect(parseInt(grace, 10) * 1000).toBeGreaterThan(taken);
  });

  it('starts the tracking server with options that it has, on the port that it publishes', () => {
    const { command = [], environment = {} } = services['tracking'];
    const [, help] = /^## scorecast track\n([\s\S]*?)^## /m.exec(textOf('docs/reference/cli.md')) ?? [];
    expect(command.filter((word) => word.startsWith('--') && !(help ?? '').includes(word))).toEqual([]);
    expect(command[command.indexOf('--port') + 1]).toBe(environment['PORT']);
  });

  it('hands the password to the tracking server without showing it', () => {
    const { entrypoint = [] } = services['tracking'];
    const script = entrypoint[2].replaceAll('$$', '$').replace('/run/secrets/database-password', '"$SECRET"');
    const folder = mkdtempSync(join(tmpdir(), 'scorecast-compose-'));
    const shown = script.replace(
      'exec node /app/bin/scorecast',
      'exec node -p "process.env.MLFLOW_TRACKING_URI + process.argv.slice(1)" --',
    );
    const { stdout } = spawnSync(
      'sh',
      ['-c', `printf s3cret > ${folder}/p; SECRET=${folder}/p; ${shown}`, 'track', '--port', '5000'],
      { encoding: 'utf8' },
    );
    rmSync(folder, { recursive: true });
    expect(stdout.trim()).toBe('postgresql://scorecast:s3cret@database:5432/scorecasttrack,--port,5000');
  });

  it('has every volume, network and secret that it uses, and uses all it has', () => {
    const used = (of: (service: Service) => readonly string[] | undefined) =>
      [...new Set(each.flatMap(([, service]) => of(service) ?? []))].sort();
    const named = used((service) =>
      service.volumes?.map((volume) => volume.split(':')[0]).filter((name) => /^\w+$/.test(name)),
    );
    expect(named).toEqual(Object.keys(volumes).sort());
    expect(used((service) => service.networks)).toEqual(Object.keys(networks).sort());
    expect(used((service) => service.secrets)).toEqual(Object.keys(secrets).sort());
  });

  it('mounts files that exist', () => {
    const mounted = each.flatMap(([, { volumes: of = [] }]) => of.filter((volume) => volume.startsWith('.')));
    const missing = mounted.filter((volume) => !existsSync(join(root, 'deploy/compose', volume.split(':')[0])));
    expect([mounted.length, missing]).toEqual([4, []]);
  });

  it('holds no password', () => {
    expect(Object.values(secrets).map(({ file }) => file)).toEqual([
      './secrets/database-password',
      './secrets/grafana-password',
    ]);
    expect(textOf('deploy/compose/.gitignore').trim()).toBe('secrets/');
    const values = each.flatMap(([, { environment = {} }]) => Object.entries(environment));
    expect(
      values.filter(([name, value]) => /PASSWORD|SECRET|KEY/.test(name) && !value.startsWith('/run/secrets/')),
    ).toEqual([]);
  });
});

describe('deploy/compose/make-secrets.sh', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scorecast-secrets-'));
  const script = join(folder, 'make-secrets.sh');

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('makes every secret that compose reads, once, in a folder of its owner', () => {
    cpSync(join(root, 'deploy/compose/make-secrets.sh'), script);
    const files = Object.values(secrets).map(({ file }) => join(folder, file));
    expect(spawnSync('bash', [script]).status).toBe(0);
    const first = files.map((file) => readFileSync(file, 'utf8'));
    expect(first.every((secret) => /^[\da-f]{48}$/.test(secret))).toBe(true);
    expect(new Set(first).size).toBe(files.length);
    expect(statSync(join(folder, 'secrets')).mode & 0o777).toBe(0o700);
    spawnSync('bash', [script]);
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(first);
  });

  it('is fine with shellcheck', (context) => {
    expect(runTool(context, 'shellcheck', 'deploy/compose/make-secrets.sh').output).toBe('');
  });
});

it('every file of deploy/compose is one of those above', () => {
  const names = ['.gitignore', 'compose.yaml', 'make-secrets.sh'];
  const files = filesBelow('deploy/compose').filter((path) => !path.startsWith('deploy/compose/secrets/'));
  expect(files).toEqual(names.map((name) => `deploy/compose/${name}`));
});
