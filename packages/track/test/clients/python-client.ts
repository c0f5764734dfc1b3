import { execFile } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type TestContext } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../../../', import.meta.url));

/** A version of MLflow that stands for its generation. */
export type MlflowVersion = '2.22.2' | '3.6.0';

/**
 * The interpreter of a version of MLflow. Its environment is made in .cache the first time, in seconds; where that is
 * not possible, or SCORECAST_PYTHON_CLIENTS is 0, the test is skipped.
 */
export async function pythonWith(version: MlflowVersion, context: TestContext): Promise<string> {
  if (process.env['SCORECAST_PYTHON_CLIENTS'] === '0') context.skip('SCORECAST_PYTHON_CLIENTS is 0');
  const script = join(root, 'fixtures/clients/environment.sh');
  const made = await run(script, [version], { timeout: 200_000 }).catch((error: unknown) => ({ error }));
  if (!('error' in made)) return made.stdout.trim();
  return context.skip(`no environment for MLflow ${version}: ${reasonOf(made.error)}`);
}

/** Runs a script of fixtures/clients and gives what it printed; its failure is an error with all that it said. */
export async function runClient(
  python: string,
  script: string,
  options: { readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<string> {
  const { stdout } = await run(python, [join(root, 'fixtures/clients', script), ...(options.args ?? [])], {
    cwd: tmpdir(),
    env: {
      ...process.env,
      // What Python compiles is kept for the next time, but not beside the sources.
      PYTHONDONTWRITEBYTECODE: '',
      PYTHONPYCACHEPREFIX: join(root, '.cache/python-bytecode'),
      ...options.env,
    },
    maxBuffer: 64 * 1024 * 1024,
  });
  return stdout;
}

/** The last line that a script wrote before it failed. */
function reasonOf(error: unknown): string {
  const { stderr, killed }: { stderr?: string; killed?: boolean } = Object.assign({}, error);
  if (killed === true) return 'it took longer than three minutes';
  return stderr?.trim().split('\n').at(-1) ?? String(error);
}
