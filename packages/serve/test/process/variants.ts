import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { encodeBundle, predictor, type Bundle } from '@scorecast/core';
import { onTestFinished } from 'vitest';
import { examsBundle, student } from '../exams-bundle.js';

/** A bundle that differs from the others in its answers, with its text and what it gives for {@link student}. */
export interface Variant {
  readonly bundle: Bundle;
  readonly text: string;
  readonly prediction: number;
}

/** Bundles whose models differ by a constant, so that every answer says which of them made it. */
export async function variants(count: number): Promise<readonly Variant[]> {
  const first = await examsBundle();
  return Promise.all(Array.from({ length: count }, (_, i) => shifted(first, i)));
}

async function shifted(first: Bundle, by: number): Promise<Variant> {
  const { model } = first.pipeline;
  if (model.kind !== 'linear') throw new Error('the bundle of these tests is linear');
  const pipeline = { ...first.pipeline, model: { ...model, intercept: model.intercept - by } };
  const bundle = await examsBundle({ pipeline });
  const [{ value: prediction }] = predictor(bundle).predictRecords([student], 'typed');
  return { bundle, text: await encodeBundle(bundle), prediction };
}

/** A file that is replaced as deployments do it: another one is written beside it and renamed. */
export async function bundleFile(text: string) {
  const folder = await mkdtemp(path.join(tmpdir(), 'scorecast-serve-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = path.join(folder, 'bundle.json');
  const replace = async (next: string) => {
    await writeFile(`${file}.next`, next);
    await rename(`${file}.next`, file);
  };
  await replace(text);
  return { folder, file, replace };
}
