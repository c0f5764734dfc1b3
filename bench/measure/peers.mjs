// Makes the virtual environment of the pinned peers, once, in the cache folder.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/prepare.mjs';

const folder = join(root, 'node_modules/.cache/peers');
const requirements = join(root, 'bench/peers/requirements.txt');

/** The peers' versions, as pinned. */
export const peerVersions = readFileSync(requirements, 'utf8').trim().split('\n').join(', ').replaceAll('==', ' ');

/** The path of the peers' Python; installs them first when they are missing. */
export function peerPython() {
  const stamp = join(folder, 'installed');
  const wanted = readFileSync(requirements, 'utf8');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    process.stderr.write('installing the pinned peers ...\n');
    run('python3', ['-m', 'venv', folder]);
    run(join(folder, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', '-r', requirements]);
    writeFileSync(stamp, wanted);
  }
  return join(folder, 'bin/python');
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed; the benchmark needs Python 3.11 with pip`);
}
