// Puts an image into service on a Hugging Face Space, which is a git repository that holds a Dockerfile.
//   node deploy/spaces/deploy.mjs --space owner/name --image ghcr.io/me/scorecast@sha256:... [--url https://owner-name.hf.space]
//   node deploy/spaces/deploy.mjs --space owner/name --roll-back
// HF_TOKEN holds a token that may write to that Space. The Space keeps the former build in service until the new one has started;
// with --url the service is then smoke-tested, and the former files are pushed again when that fails.

import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main, requireOptions, run } from '../run-command.mjs';
import { smokeTest } from '../smoke-test.mjs';

const { values: options } = parseArgs({
  options: {
    space: { type: 'string' },
    image: { type: 'string' },
    url: { type: 'string' },
    remote: { type: 'string' },
    seconds: { type: 'string', default: '600' },
    'poll-seconds': { type: 'string', default: '10' },
    'roll-back': { type: 'boolean', default: false },
  },
});
const patience = { seconds: Number(options.seconds), pollSeconds: Number(options['poll-seconds']) };
const folder = mkdtempSync(join(tmpdir(), 'scorecast-space-'));

await main(async () => {
  requireOptions(options, 'space', ...(options['roll-back'] ? [] : ['image']));
  allowPushing();
  run('git', 'clone', '--quiet', options.remote ?? `https://huggingface.co/spaces/${options.space}`, folder);
  if (options['roll-back']) {
    pushFormer();
  } else {
    writeSpace();
    if (!push(`Deploy ${options.image}`)) console.error(`${options.space} has this image already`);
  }
  if (options.url === undefined) return;
  try {
    await smokeTest(options.url, patience);
  } catch (error) {
    if (options['roll-back']) throw error;
    pushFormer();
    throw new Error(`${error.message}; the former files of ${options.space} were pushed again`, { cause: error });
  }
});
rmSync(folder, { recursive: true, force: true });

/** Gives git the token as a header by its environment, so that it stands in no address, argument or file. */
function allowPushing() {
  const token = process.env.HF_TOKEN;
  if (!token) {
    if (options.remote === undefined) {
      throw new Error('HF_TOKEN is not set (expected a token that may write to the Space)');
    }
    return;
  }
  const credentials = Buffer.from(`token:${token}`).toString('base64');
  process.env.GIT_CONFIG_COUNT = '1';
  process.env.GIT_CONFIG_KEY_0 = 'http.https://huggingface.co/.extraHeader';
  process.env.GIT_CONFIG_VALUE_0 = `Authorization: Basic ${credentials}`;
}

function writeSpace() {
  const dockerfile = readFileSync(join(import.meta.dirname, 'Dockerfile'), 'utf8');
  writeFileSync(join(folder, 'Dockerfile'), dockerfile.replace(/^ARG IMAGE=.*$/m, `ARG IMAGE=${options.image}`));
  copyFileSync(join(import.meta.dirname, 'README.md'), join(folder, 'README.md'));
}

/** Commits and pushes what changed; false when nothing did. */
function push(message) {
  git('add', 'Dockerfile', 'README.md');
  if (git('status', '--porcelain') === '') return false;
  const author = ['-c', 'user.name=Scorecast', '-c', 'user.email=scorecast@users.noreply.huggingface.co'];
  git(...author, 'commit', '--quiet', '--message', message);
  git('push', '--quiet', 'origin', 'HEAD');
  return true;
}

/** The files as they were before the last deployment, as a new commit: the Space's history only grows. */
function pushFormer() {
  git('checkout', '--quiet', 'HEAD~1', '--', 'Dockerfile', 'README.md');
  push('Roll back to the files before the last deployment');
}

function git(...args) {
  return run('git', '-C', folder, ...args);
}
