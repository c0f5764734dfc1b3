// Tracking servers as their users start them, for `startServer`.

import { dirname, join } from 'node:path';
import { root } from '../../scripts/prepare.mjs';
import { mlflowPython } from '../measure/peers.mjs';

/** `scorecast track` on a database, with its pages and its log. */
export function scorecastServer(databaseUrl, folder) {
  const args = ['track', '--tracking-uri', databaseUrl, '--artifact-root', join(folder, 'artifacts')];
  return (port) => [process.execPath, [join(root, 'packages/cli/bin/scorecast.js'), ...args, '--port', String(port)]];
}

/** `mlflow server` on a database, with one worker. */
export function mlflowServer(databaseUrl, folder) {
  const mlflow = join(dirname(mlflowPython()), 'mlflow');
  const args = ['server', '--backend-store-uri', databaseUrl, '--artifacts-destination', join(folder, 'mlartifacts')];
  return (port) => [mlflow, [...args, '--workers', '1', '--port', String(port)]];
}
