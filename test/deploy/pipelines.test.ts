import { Ajv } from 'ajv';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { manifestOf, root, textOf } from '../source-files.js';
import { runTool } from './deploy-files.js';
import { readModule, textsIn } from './hcl-module.js';
import { buildSpecShape, cloudBuildShape, dockerrunShape, extensionShape } from './pipeline-shapes.js';
import { setStage, type Stage } from './stage-play.js';

const EXTENSIONS = 'deploy/aws/beanstalk/.ebextensions';

/** What a document has against a shape. */
function complaints(shape: object, document: unknown): readonly string[] {
  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false });
  ajv.validate(shape, document);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

/** Scripts of this project, and npm scripts, that a text calls although there are none. */
function missingScripts(text: string): readonly string[] {
  const paths = (text.match(/(?<![\w/])deploy\/[\w./-]+\.(sh|mjs)/g) ?? []).filter(
    (path) => !existsSync(join(root, path)),
  );
  const named = [...text.matchAll(/npm run ([\w-]+)/g)].map((match) => match[1]);
  return [...paths, ...named.filter((name) => manifestOf('.').scripts?.[name] === undefined)];
}

let stage: Stage;
beforeEach(() => {
  stage = setStage();
});
afterEach(() => stage.clear());

describe('cloudbuild.yaml', () => {
  const text = textOf('cloudbuild.yaml');
  const build = parse(text);
  const step = (id: string) => build.steps.find((one: { id: string }) => one.id === id);

  it('has the shape that Cloud Build reads', () => {
    expect(complaints(cloudBuildShape, build)).toEqual([]);
    expect(complaints(cloudBuildShape, { ...build, step: [] })).toEqual([' must NOT have additional properties']);
  });

  it('uses the substitutions that it defines, and no others', () => {
    const inSteps = JSON.stringify([build.steps, build.substitutions]);
    const used = new Set([...inSteps.matchAll(/\$\{?([A-Z_][A-Z0-9_]*)/g)].map((match) => match[1]));
    const builtIn = ['COMMIT_SHA', 'PROJECT_ID', 'SHORT_SHA'];
    expect([...used].filter((name) => !builtIn.includes(name)).sort()).toEqual(Object.keys(build.substitutions).sort());
  });

  it('calls only scripts that exist', () => {
    expect(missingScripts(text)).toEqual([]);
  });

  it('sends traffic only to a revision that was tried, under a tag that Cloud Run takes', () => {
    const order: readonly string[] = build.steps.map(({ id }: { id: string }) => id);
    expect(order).toEqual([
      'train',
      'image',
      'start',
      'smoke-test',
      'push',
      'revision',
      'smoke-test-revision',
      'traffic',
    ]);
    expect(step('revision').args.at(-1)).toContain('--no-traffic --tag "c$_TAG"');
    expect(step('traffic').args).toContain('c$_TAG=100');
  });

  it("hands the revision's address to the step that tries it", async () => {
    stage.play('gcloud', [
      [/run deploy/, ''],
      [/services describe/, 'https://c1---scorecast.a.run.app\n'],
    ]);
    // Cloud Build puts values in place of substitutions; /workspace is shared by the steps.
    const values: Readonly<Record<string, string>> = { ...build.substitutions, _TAG: '1a2b3c', _IMAGE: 'image' };
    const script = String(step('revision').args.at(-1))
      .replace(/\$(_[A-Z]+)/g, (_, name: string) => values[name])
      .replaceAll('/workspace', stage.folder);
    expect(await stage.run('bash', ['-euo', 'pipefail', '-c', script])).toMatchObject({ code: 0 });
    expect(readFileSync(join(stage.folder, 'address'), 'utf8')).toBe('https://c1---scorecast.a.run.app\n');
    expect(stage.calls()[0]).toContain('run deploy scorecast');
  });
});

describe('buildspec.yml', () => {
  const text = textOf('deploy/aws/beanstalk/buildspec.yml');
  const spec = parse(text);
  const repository = '123456789012.dkr.ecr.eu-central-1.amazonaws.com/scorecast';

  /** Runs a phase as CodeBuild does: its commands one after the other in one shell, until one fails. */
  function runPhase(phase: string, environment: Readonly<Record<string, string>>) {
    const script = spec.phases[phase].commands.join(' || exit 1\n');
    const folder = join(stage.folder, 'source');
    mkdirSync(join(folder, 'deploy/aws'), { recursive: true });
    cpSync(join(root, 'deploy/aws/beanstalk'), join(folder, 'deploy/aws/beanstalk'), { recursive: true });
    return stage.run('bash', ['-c', `cd "${folder}"\n${script} || exit 1`], { REPOSITORY: repository, ...environment });
  }

  it('has the shape that CodeBuild reads', () => {
    expect(complaints(buildSpecShape, spec)).toEqual([]);
    expect(complaints(buildSpecShape, { ...spec, phases: { biuld: {} } })).toEqual([
      '/phases must NOT have additional properties',
    ]);
  });

  it('calls only scripts that exist', () => {
    expect(missingScripts(text)).toEqual([]);
  });

  it('writes a version that names the image by its digest', async () => {
    stage.play('docker', [
      [/image inspect/, `${repository}@sha256:aa\n`],
      [/ (push|tag) /, ''],
    ]);
    const { code } = await runPhase('post_build', { CODEBUILD_BUILD_SUCCEEDING: '1', TAG: 'c1' });
    expect(code).toBe(0);
    const version = join(stage.folder, 'source', spec.artifacts['base-directory']);
    const dockerrun = JSON.parse(readFileSync(join(version, 'Dockerrun.aws.json'), 'utf8'));
    expect(dockerrun.Image.Name).toBe(`${repository}@sha256:aa`);
    expect(readdirSync(join(version, '.ebextensions'))).toEqual(readdirSync(join(root, EXTENSIONS)));
  });

  it('pushes nothing when the build has failed', async () => {
    stage.play('docker', [[/./, '']]);
    const { code } = await runPhase('post_build', { CODEBUILD_BUILD_SUCCEEDING: '0', TAG: 'c1' });
    expect([code, stage.calls()]).toEqual([1, []]);
  });

  it('is where the pipeline looks for it, and gets the variables that it reads', () => {
    const { resources } = readModule('deploy/aws/beanstalk');
    const project = textsIn(resources.find(({ type }) => type === 'aws_codebuild_project')?.body);
    expect(project).toContain('deploy/aws/beanstalk/buildspec.yml');
    const read = new Set([...text.replace(/\b(TAG|IMAGE)=/g, '').matchAll(/\$\{?([A-Z_]+)/g)].map((match) => match[1]));
    const own = ['TAG', 'IMAGE'];
    const given = [...read].filter((name) => !own.includes(name) && !name.startsWith('CODEBUILD_'));
    expect(given.filter((name) => !project.includes(name))).toEqual([]);
  });
});

describe('the version of Elastic Beanstalk', () => {
  it('has a Dockerrun.aws.json of the shape that is read', () => {
    const dockerrun = JSON.parse(textOf('deploy/aws/beanstalk/Dockerrun.aws.json'));
    expect(complaints(dockerrunShape, dockerrun)).toEqual([]);
    expect(dockerrun.Image.Name).toBe('IMAGE');
  });

  it.each(readdirSync(join(root, EXTENSIONS)))('has in %s only options that exist, as texts', (name) => {
    expect(complaints(extensionShape, parse(textOf(join(EXTENSIONS, name))))).toEqual([]);
  });
});

describe('train-sample.sh', () => {
  it('writes the bundle where the image looks for it', async () => {
    const folder = join(stage.folder, 'out');
    const { code, stderr } = await stage.run('deploy/train-sample.sh', [folder]);
    expect([code, stderr.split('\n').filter((line) => line.startsWith('error'))]).toEqual([0, []]);
    expect(readdirSync(folder)).toEqual(expect.arrayContaining(['bundle.json', 'leaderboard.json', 'result.json']));
    expect(JSON.parse(readFileSync(join(folder, 'result.json'), 'utf8')).metrics.cv.r2).toBeGreaterThan(0.6);
    expect(textOf('deploy/image/Dockerfile')).toContain('ARG BUNDLE=scorecast-out/bundle.json');
    expect(textOf('deploy/train-sample.sh')).toContain('folder=${1:-scorecast-out}');
  });
});

describe('the scripts of shell', () => {
  const scripts = readdirSync(join(root, 'deploy'), { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.sh'),
  );

  it.for(scripts)('%s passes shellcheck', (path, context) => {
    expect(runTool(context, 'shellcheck', join('deploy', path)).output).toBe('');
  });
});
