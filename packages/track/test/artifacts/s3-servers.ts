import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import S3rver from 's3rver';
import { openGate, type S3Gate } from './s3-gate.js';
import { KEYS, signatureProblem } from './wire-signature.js';

/** A running S3 server with the bucket `artifacts`. */
export interface S3Server {
  /** The environment variables that lead to it. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Starts s3rver behind a gate that checks signatures and can make faults. s3rver cannot list the parts of an upload. */
export async function startS3rver(): Promise<S3Server & { readonly gate: S3Gate }> {
  const directory = await mkdtemp(path.join(tmpdir(), 'scorecast-s3-'));
  const configureBuckets = [{ name: 'artifacts' }];
  const server = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets });
  const { port } = await server.run();
  const gate = await openGate(port, signatureProblem);
  return {
    gate,
    env: environment(gate.endpoint, KEYS.accessKeyId, KEYS.secretAccessKey),
    async stop() {
      await gate.close();
      await server.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Starts Moto's server, which knows all of S3 that is used here; or says why that is not possible. */
export async function startMoto(): Promise<S3Server | { readonly unavailable: string }> {
  const folder = fileURLToPath(new URL('../../../../fixtures/s3/', import.meta.url));
  const made = spawnSync('bash', [path.join(folder, 'environment.sh')], { encoding: 'utf8', timeout: 110_000 });
  if (made.status !== 0) {
    const last = made.stderr?.trim().split('\n').at(-1);
    return { unavailable: `no Python environment for Moto: ${made.error?.message ?? last ?? 'unknown'}` };
  }
  const server = spawn(made.stdout.trim(), [path.join(folder, 'server.py')], { stdio: ['pipe', 'pipe', 'ignore'] });
  const [line] = await Promise.race([
    createInterface(server.stdout)
      [Symbol.asyncIterator]()
      .next()
      .then(({ value }) => [String(value)]),
    new Promise<string[]>((resolve) => server.once('close', () => resolve([]))),
  ]);
  if (line === undefined) return { unavailable: 'Moto did not start' };
  const { endpoint, accessKeyId, secretAccessKey } = JSON.parse(line);
  return {
    env: environment(endpoint, accessKeyId, secretAccessKey),
    async stop() {
      server.kill();
      await new Promise((resolve) => server.once('close', resolve));
    },
  };
}

function environment(endpoint: string, accessKeyId: string, secretAccessKey: string) {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_REGION: 'us-east-1',
  };
}
