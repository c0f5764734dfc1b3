import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type TestContext } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../../', import.meta.url));
const MAKE = 'SCORECAST_PYTHON_CLIENTS';

/** A version of MLflow that stands for its generation. */
export type MlflowVersion = '2.22.2' | '3.6.0';

/**
 * The interpreter of a version of MLflow. Its environment takes a minute and a gigabyte, so it is only made when the
 * environment variable SCORECAST_PYTHON_CLIENTS asks for it; where it is not there the test is skipped.
 */
export async function pythonWith(version: MlflowVersion, context: TestContext): Promise<string> {
  const environment = join(root, '.cache', `mlflow-${version}`);
  const isReady = textOf(join(environment, 'requirements.txt')) === textOf(join(root, requirementsOf(version)));
  if (!isReady && process.env[MAKE] === undefined) {
    context.skip(`MLflow ${version} is not installed here (${MAKE}=1 makes it in .cache, in about a minute)`);
  }
  const { stdout } = await run(join(root, 'fixtures/clients/environment.sh'), [version]);
  return stdout.trim();
}

/** Runs a script of fixtures/clients and gives what it printed; its failure is an error with all that it said. */
export async function runClient(
  python: string,
  script: string,
  options: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const { stdout } = await run(python, [join(root, 'fixtures/clients', script), ...(options.args ?? [])], {
    cwd: tmpdir(),
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', ...options.env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

function requirementsOf(version: MlflowVersion): string {
  return `fixtures/clients/requirements-${version}.txt`;
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
