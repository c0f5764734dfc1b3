import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeBundle, loadBundle } from '@scorecast/core';
import { examsSchema, generateExams, readDataset } from '@scorecast/data';
import { createServer } from '@scorecast/serve';
import { trainBundle } from '@scorecast/train';

// Mistakes of the projects that Scorecast replaces, asked of a bundle that was really trained, through the real server.

const student = {
  gender: 'female',
  race_ethnicity: 'group E',
  parental_level_of_education: "master's degree",
  lunch: 'standard',
  test_preparation_course: 'completed',
  reading_score: 100,
  writing_score: 100,
};

let folder: string;
let server: Awaited<ReturnType<typeof createServer>>;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'scorecast-mistakes-'));
  const file = path.join(folder, 'exams.csv');
  await writeFile(file, generateExams());
  const { features, target, sha256, fileRows } = await readDataset(file, examsSchema);
  const trained = await trainBundle({
    schema: examsSchema,
    features,
    target,
    dataSha256: sha256,
    dataRows: fileRows,
    grid: [{ estimator: 'least-squares' }],
    workers: 1,
  });
  server = await createServer(await loadBundle(await encodeBundle(trained.bundle)), { logLevel: 'silent' });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

async function predict(record: object): Promise<{ prediction: number; interval: { upper: number } }> {
  const response = await server.inject({ method: 'POST', url: '/predict', payload: record });
  expect(response.statusCode, response.body).toBe(200);
  return response.json();
}

async function predictByForm(record: Readonly<Record<string, string | number>>): Promise<string> {
  const payload = new URLSearchParams(Object.entries(record).map(([name, value]) => [name, String(value)])).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const response = await server.inject({ method: 'POST', url: '/predictdata', payload, headers });
  expect(response.statusCode).toBe(200);
  return response.body;
}

describe('a model trained on exams', () => {
  it('never predicts more than 100, not even for a student with all 100', async () => {
    for (const gender of ['female', 'male']) {
      const { prediction, interval } = await predict({ ...student, gender });
      expect(prediction).toBeLessThanOrEqual(100);
      expect(prediction).toBeGreaterThan(90);
      expect(interval.upper).toBeLessThanOrEqual(100);
    }
  });

  it('refuses a reading score of 1000 by name', async () => {
    const response = await server.inject({
      method: 'POST',
      url: '/predict',
      payload: { ...student, reading_score: 1000 },
    });
    expect(response.statusCode).toBe(422);
    expect(response.json()).toMatchObject({ errors: [{ field: 'reading_score', code: 'out-of-range' }] });
  });

  it('takes reading for reading and writing for writing, in the form as in JSON', async () => {
    const marks = { ...student, reading_score: 60, writing_score: 75 };
    const swapped = { ...student, reading_score: 75, writing_score: 60 };
    const [one, other] = [await predict(marks), await predict(swapped)];
    expect(one.prediction).not.toBe(other.prediction);
    expect(await predictByForm(marks)).toContain(`>${one.prediction.toFixed(1)}<`);
    expect(await predictByForm(swapped)).toContain(`>${other.prediction.toFixed(1)}<`);
  });

  it('takes scores as numbers with decimals and never truncates them', async () => {
    const whole = await predict({ ...student, reading_score: 70, writing_score: 70 });
    const half = await predict({ ...student, reading_score: 70.9, writing_score: 70 });
    expect(half.prediction).not.toBe(whole.prediction);
  });

  it('does not take a missing field for 0', async () => {
    const { reading_score: _left, ...rest } = student;
    const response = await server.inject({ method: 'POST', url: '/predict', payload: rest });
    expect(response.statusCode).toBe(422);
  });

  it('answers under both names of the ethnicity field', async () => {
    const { race_ethnicity: ethnicity, ...rest } = student;
    expect((await predict({ ...rest, ethnicity })).prediction).toBe((await predict(student)).prediction);
  });
});
