import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { setStage, type Stage } from './stage-play.js';

// A Space is a git repository: here one in a folder, with everything else as it is.

let stage: Stage;
let space: string;

const git = (...args: readonly string[]) =>
  execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const dockerfile = () => git('--git-dir', space, 'show', 'HEAD:Dockerfile');
const deploy = (...args: readonly string[]) =>
  stage.run(process.execPath, ['deploy/spaces/deploy.mjs', '--space', 'me/scorecast', '--remote', space, ...args]);

beforeEach(() => {
  stage = setStage();
  space = join(stage.folder, 'space.git');
  const seed = join(stage.folder, 'seed');
  git('init', '--quiet', '--bare', '--initial-branch=main', space);
  git('clone', '--quiet', space, seed);
  git(
    '-C',
    seed,
    '-c',
    'user.name=A',
    '-c',
    'user.email=a@example.org',
    'commit',
    '--quiet',
    '--allow-empty',
    '-m',
    'A',
  );
  git('-C', seed, 'push', '--quiet', 'origin', 'HEAD:main');
});
afterEach(() => stage.clear());

describe('spaces/deploy.mjs', () => {
  it('pushes a Dockerfile that names the image, and the card', async () => {
    expect((await deploy('--image', 'ghcr.io/me/scorecast@sha256:aa')).code).toBe(0);
    expect(dockerfile()).toMatch(/^ARG IMAGE=ghcr\.io\/me\/scorecast@sha256:aa\nFROM \$\{IMAGE\}$/m);
    expect(git('--git-dir', space, 'show', 'HEAD:README.md')).toContain('app_port: 7860');
  });

  it('pushes nothing when nothing changed', async () => {
    await deploy('--image', 'one');
    const { stderr } = await deploy('--image', 'one');
    expect(stderr).toContain('me/scorecast has this image already');
    expect(git('--git-dir', space, 'rev-list', '--count', 'HEAD').trim()).toBe('2');
  });

  it('rolls back to the files before, by a new commit', async () => {
    await deploy('--image', 'one');
    await deploy('--image', 'two');
    expect((await deploy('--roll-back')).code).toBe(0);
    expect(dockerfile()).toContain('ARG IMAGE=one');
    expect(git('--git-dir', space, 'rev-list', '--count', 'HEAD').trim()).toBe('4');
  });

  it('pushes the former files again when the service does not pass the smoke test', async () => {
    await deploy('--image', 'one');
    const { code, stderr } = await deploy('--image', 'two', '--url', 'http://127.0.0.1:9', '--seconds', '0');
    expect([code, stderr]).toEqual([1, expect.stringContaining('the former files of me/scorecast were pushed again')]);
    expect(dockerfile()).toContain('ARG IMAGE=one');
  });

  it('wants a token where it pushes to Hugging Face, and shows it nowhere', async () => {
    const args = ['deploy/spaces/deploy.mjs', '--space', 'me/scorecast', '--image', 'one'];
    const without = await stage.run(process.execPath, args, { HF_TOKEN: '' });
    expect([without.code, without.stderr]).toEqual([1, expect.stringContaining('HF_TOKEN is not set')]);
    stage.play('git', [[/clone/, '']]);
    const { stderr } = await stage.run(process.execPath, args, { HF_TOKEN: 'hf_very-secret' });
    const seen = `${stderr}\n${stage.calls().join('\n')}`;
    expect(seen).toContain('https://huggingface.co/spaces/me/scorecast');
    expect(seen).not.toMatch(/very-secret|dG9rZW46/);
  });
});
