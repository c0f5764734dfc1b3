import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { manifestOf, packageNames, root, textOf } from '../source-files.js';
import { tinyBundleText } from '../tiny-bundle.js';
import { filesBelow, runTool } from './deploy-files.js';
import { inherited, readDockerfile, withDefaults } from './dockerfile.js';
import { portOf } from './running-server.js';

const dockerfile = readDockerfile('deploy/image/Dockerfile');
const images = ['inference', 'service', 'training', 'all-in-one'];
const folder = mkdtempSync(join(tmpdir(), 'scorecast-image-'));
const LARGEST_MIB = 70;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('deploy/image/Dockerfile', () => {
  it('makes the inference image when no target is named', () => {
    expect(dockerfile.stages.at(-1)?.name).toBe('inference');
  });

  it('starts every image from the one base that can be pinned by digest', () => {
    const foreign = dockerfile.stages.filter(({ from }) => !dockerfile.stages.some(({ name }) => name === from));
    expect(foreign.map(({ from }) => from)).toEqual(foreign.map(() => dockerfile.args['NODE_IMAGE']));
    expect(dockerfile.args['NODE_IMAGE']).toMatch(/^docker\.io\/library\/node:\d+-\w+-slim$/);
  });

  it.each(images)('runs %s as a user that is a number and not root', (name) => {
    const instructions = inherited(dockerfile, name);
    const args = instructions.filter(({ keyword }) => keyword === 'ARG').map(({ text }) => text.split('='));
    const user = instructions.findLast(({ keyword }) => keyword === 'USER')?.text ?? '';
    expect(withDefaults(user, Object.fromEntries(args))).toMatch(/^[1-9]\d{3,}:[1-9]\d{3,}$/);
  });

  it.each(images)('lets %s be started without a shell, so that signals reach it', (name) => {
    const entry = inherited(dockerfile, name).findLast(({ keyword }) => keyword === 'ENTRYPOINT');
    expect(JSON.parse(entry?.text ?? '""')).toEqual(['node', expect.stringMatching(/^\/app\/bin\/scorecast/)]);
  });

  it.each(['inference', 'service', 'all-in-one'])('checks the health of %s by a script that is in it', (name) => {
    const instructions = inherited(dockerfile, name);
    expect(instructions.findLast(({ keyword }) => keyword === 'HEALTHCHECK')?.text).toContain(
      'CMD ["node", "/app/healthcheck.mjs"]',
    );
    expect(instructions.some(({ text }) => text === 'deploy/image/healthcheck.mjs /app/')).toBe(true);
  });

  it('listens on the port that it exposes, on every address of the container', () => {
    const instructions = inherited(dockerfile, 'inference');
    expect(instructions.find(({ keyword }) => keyword === 'EXPOSE')?.text).toBe('8080');
    expect(instructions.map(({ text }) => text).join('\n')).toMatch(/HOST=0\.0\.0\.0 PORT=8080/);
  });

  it('adds nothing from the network or from archives, and installs nothing but what is locked', () => {
    const all = dockerfile.stages.flatMap(({ instructions }) => instructions);
    expect(all.filter(({ keyword }) => keyword === 'ADD')).toEqual([]);
    expect(all.filter(({ text }) => /curl|wget|npm (i|install)\b|apt-get|:latest/.test(text))).toEqual([]);
  });

  it('copies only what .dockerignore lets through', () => {
    const allowed = textOf('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    const copied = dockerfile.stages
      .flatMap(({ instructions }) => instructions)
      .filter(({ keyword }) => keyword === 'COPY')
      .flatMap(({ words }) => words.slice(0, -1))
      // What another stage made has an absolute path.
      .filter((path) => !path.startsWith('/'))
      .map((path) => withDefaults(path, { BUNDLE: 'scorecast-out/bundle.json' }));
    const isLetThrough = (path: string) => allowed.some((one) => path === one || path.startsWith(`${one}/`));
    expect(copied.filter((path) => !isLetThrough(path))).toEqual([]);
    expect(textOf('.dockerignore').split('\n')).toContain('*');
  });

  it('says what it is in the labels of the Open Container Initiative', () => {
    const labels = inherited(dockerfile, 'inference').filter(({ keyword }) => keyword === 'LABEL');
    const names = labels.flatMap(({ text }) =>
      [...text.matchAll(/org\.opencontainers\.image\.(\w+)=/g)].map(([, name]) => name),
    );
    expect(names.sort()).toEqual(['created', 'description', 'licenses', 'revision', 'source', 'title', 'version']);
    expect(textOf('deploy/image/Dockerfile')).toContain(`ARG VERSION=${JSON.parse(textOf('package.json')).version}\n`);
  });

  it('is fine with hadolint', (context) => {
    const { output } = runTool(context, 'hadolint', 'deploy/image/Dockerfile');
    expect(output).toBe('');
  });
});

const service = ['@scorecast/serve'];
const training = ['scorecast', '--without', '@scorecast/console'];

it.each([
  { image: 'service', packages: service, ours: ['core', 'serve'] },
  {
    image: 'training',
    packages: training,
    ours: ['core', 'data', 'onnx', 'prediction-store', 'serve', 'track', 'train'],
  },
  {
    image: 'all-in-one',
    packages: ['scorecast', ...service],
    ours: ['console', 'core', 'data', 'onnx', 'prediction-store', 'serve', 'track', 'train'],
  },
])('the image $image gets these packages of ours', ({ image, packages, ours }) => {
  const build = dockerfile.stages[0].instructions.map(({ text }) => text.replaceAll(/\\\n\s*/g, '')).join('\n');
  expect(build).toContain(`node deploy/image/assemble.mjs /out/${image} ${packages.join(' ')}`);
  const names = assemble('--list', ...packages)
    .stdout.trim()
    .split('\n');
  expect(names.filter((name) => name.startsWith('@scorecast/')).sort()).toEqual(
    ours.map((name) => `@scorecast/${name}`),
  );
});

it('the service gets clients of databases only by the build argument PREDICTION_STORE', () => {
  const [plain, withStore] = [service, [...service, '@scorecast/prediction-store']].map((packages) =>
    assemble('--list', ...packages)
      .stdout.trim()
      .split('\n'),
  );
  expect(['pg', 'libsql', 'kysely'].map((name) => [plain.includes(name), withStore.includes(name)])).toEqual([
    [false, true],
    [false, true],
    [false, true],
  ]);
  const stage = dockerfile.stages[0].instructions.map(({ text }) => text).join('\n');
  expect(stage).toMatch(/PREDICTION_STORE" = yes.*store=@scorecast\/prediction-store/);
});

describe('what deploy/image/assemble.mjs puts into the image of the service', () => {
  const app = join(folder, 'service');

  beforeAll(() => {
    const { status, stderr } = assemble(app, ...service);
    if (status !== 0) throw new Error(stderr);
  });

  it('is of ours only core and the service', () => {
    expect(readdirSync(join(app, 'node_modules/@scorecast')).sort()).toEqual(['core', 'serve']);
  });

  it('is listed package by package in its bill of materials', () => {
    const { components, metadata, dependencies } = JSON.parse(readFileSync(join(app, 'sbom.cdx.json'), 'utf8'));
    const listed = [metadata.component, ...components].map(({ purl }: { purl: string }) => purl);
    expect([...new Set(listed)].sort()).toEqual([...new Set(installedIn(app))].sort());
    const refs = new Set([metadata.component, ...components].map((one: { 'bom-ref': string }) => one['bom-ref']));
    const needed = dependencies.flatMap(({ ref, dependsOn }: { ref: string; dependsOn: string[] }) => [
      ref,
      ...dependsOn,
    ]);
    expect(needed.filter((ref: string) => !refs.has(ref))).toEqual([]);
  });

  it('has no types, source maps or tests of libraries in it', () => {
    const files = readdirSync(app, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => /\.(d\.[cm]?ts|map|tsbuildinfo)$|node_modules\/[^/]+\/tests?\//.test(name))).toEqual(
      [],
    );
  });
});

describe('the service as it is in the image', () => {
  const app = join(folder, 'service');
  const bundle = join(folder, 'bundle.json');
  const running: ChildProcess[] = [];

  afterAll(() => {
    for (const child of running) child.kill('SIGKILL');
  });

  it(`is smaller than ${LARGEST_MIB} MiB`, () => {
    expect(sizeOf(app) / 2 ** 20).toBeLessThan(LARGEST_MIB);
  });

  it('holds no client of a database, no training, no command-line library', () => {
    const absent = [
      'pg',
      'kysely',
      'libsql',
      '@libsql',
      '@duckdb',
      'commander',
      '@scorecast/train',
      '@scorecast/track',
    ];
    expect(absent.filter((name) => existsSync(join(app, 'node_modules', name)))).toEqual([]);
  });

  it('starts, predicts, passes the health check of the image and ends by SIGTERM', async () => {
    writeFileSync(bundle, tinyBundleText);
    const child = spawn(process.execPath, [join(app, 'bin/scorecast-serve')], {
      cwd: folder,
      env: { PORT: '0', HOST: '127.0.0.1', SCORECAST_BUNDLE: bundle },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    running.push(child);
    const port = await portOf(child);
    const answer = await fetch(`http://127.0.0.1:${port}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"hours":5}',
    });
    expect(await answer.json()).toMatchObject({ prediction: 50 });
    expect(healthcheck(port)).toEqual({ status: 0, stderr: '' });
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    expect(healthcheck(port)).toEqual({ status: 1, stderr: expect.stringContaining('ECONNREFUSED') });
  });
});

describe('deploy/image/assemble.mjs', () => {
  it('says how it is used', () => {
    expect(assemble(folder)).toMatchObject({ status: 2, stderr: expect.stringContaining('usage: ') });
  });

  it('refuses a package that does not exist', () => {
    expect(assemble(join(folder, 'none'), '@scorecast/nothing')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('there is no package @scorecast/nothing'),
    });
  });
});

describe('deploy/image/build-without-docker.sh', () => {
  it('is fine with shellcheck', (context) => {
    const { output } = runTool(
      context,
      'shellcheck',
      'deploy/image/build-without-docker.sh',
      'scripts/deploy-tools.sh',
    );
    expect(output).toBe('');
  });

  it('builds the images and checks them, where that is asked for', { timeout: 1_800_000 }, (context) => {
    if (process.env['SCORECAST_BUILD_IMAGES'] !== '1') context.skip('takes minutes; set SCORECAST_BUILD_IMAGES=1');
    const { status, stdout } = spawnSync('bash', ['deploy/image/build-without-docker.sh'], {
      cwd: root,
      encoding: 'utf8',
    });
    expect([status, stdout.match(/^FAILED.*$/gm)]).toEqual([0, null]);
  });
});

it('every file of deploy/image/ is one that the image or these checks use', () => {
  const modules = ['package-closure.mjs', 'cyclonedx.mjs'];
  const imported = modules.filter((name) => textOf('deploy/image/assemble.mjs').includes(`'./${name}'`));
  const used = ['Dockerfile', 'assemble.mjs', 'build-without-docker.sh', 'healthcheck.mjs', ...imported];
  expect(filesBelow('deploy/image')).toEqual(used.map((name) => `deploy/image/${name}`).sort());
});

it('packages that an image leaves out exist', () => {
  const left = [...textOf('deploy/image/Dockerfile').matchAll(/--without (\S+)/g)].map(([, name]) => name);
  const names = packageNames.map((name) => manifestOf(`packages/${name}`).name);
  expect(left.filter((name) => !names.includes(name))).toEqual([]);
});

function assemble(...args: readonly string[]) {
  return spawnSync(process.execPath, ['deploy/image/assemble.mjs', ...args], { cwd: root, encoding: 'utf8' });
}

function healthcheck(port: string) {
  const { status, stderr } = spawnSync(process.execPath, ['deploy/image/healthcheck.mjs'], {
    cwd: root,
    env: { PORT: port },
    encoding: 'utf8',
  });
  return { status, stderr };
}

/** `pkg:npm/<name>@<version>` of every package.json with a version that stands where a package stands. */
function installedIn(app: string): readonly string[] {
  const manifests = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((path) =>
    /(^|\/)node_modules\/(@[^/]+\/)?[^/@]+\/package\.json$/.test(path),
  );
  return manifests.map((path) => {
    const { name, version } = JSON.parse(readFileSync(join(app, path), 'utf8'));
    return `pkg:npm/${String(name).replace('@', '%40')}@${version}`;
  });
}

function sizeOf(path: string): number {
  if (!lstatSync(path).isDirectory()) return lstatSync(path).isSymbolicLink() ? 0 : statSync(path).size;
  return readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0);
}
