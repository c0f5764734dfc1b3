// Makes the virtual environments of the pinned peers, once, in the cache folders.

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

/** The version of MLflow that the tracking server is compared with. */
export const mlflowVersion = '3.6.0';

/** The path of its Python, in the environment that the client tests use; makes that first when it is missing. */
export function mlflowPython() {
  const { status, stdout } = spawnSync(join(root, 'fixtures/clients/environment.sh'), [mlflowVersion], {
    stdio: ['ignore', 'pipe', 2],
    encoding: 'utf8',
  });
  if (status !== 0) {
    throw new Error(`MLflow ${mlflowVersion} cannot be installed; the benchmark needs Python 3.11 with pip`);
  }
  return stdout.trim();
}

function run(command, args) {
  const { status } = spawnSync(command, args, { stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed; the benchmark needs Python 3.11 with pip`);
}
