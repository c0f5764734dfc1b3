import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { loadBundle, type Bundle } from '@scorecast/core';
import { readJsonFile, readTextFile } from '../read-text-file.js';
import { VERSION } from '../version.js';
import type { Trained, TrainingJob } from './run-training.js';

/** Notes, beside the bundle, what a finished training was made from, so that the same need not be done twice. */
export async function rememberTraining({ job, bundle }: Trained): Promise<void> {
  const { writeFileSafely } = await import('@scorecast/data');
  const note = { fingerprint: await fingerprint(job), version: bundle.version };
  await writeFileSafely(notePath(job), `${JSON.stringify(note)}\n`);
}

/**
 * The bundle of an earlier training of the same job: same data, same settings, same release.
 *
 * @returns undefined when there is none, or when anything about it is doubtful: then training anew is right.
 */
export async function findTrained(job: TrainingJob): Promise<Bundle | undefined> {
  try {
    const note = await readJsonFile('the note of the last training', notePath(job));
    const bundle = await loadBundle(await readTextFile('the bundle', path.join(job.out, 'bundle.json')));
    const expected = JSON.stringify({ fingerprint: await fingerprint(job), version: bundle.version });
    return JSON.stringify(note) === expected ? bundle : undefined;
  } catch {
    return undefined;
  }
}

function notePath(job: TrainingJob): string {
  return path.join(job.out, 'last-training.json');
}

/** A hash of everything that a training's result depends on. */
async function fingerprint(job: TrainingJob): Promise<string> {
  const {
    data,
    out: _out,
    workers: _workers,
    trackingUri: _uri,
    artifactRoot: _root,
    experiment: _experiment,
    ...settings
  } = job;
  const hash = createHash('sha256').update(JSON.stringify([VERSION, settings]));
  await pipeline(createReadStream(data), hash);
  return hash.digest('hex');
}
