import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generateStudyHabits, studyHabitsSchema } from '@scorecast/data';
import { cli, temporaryFolder } from './cli-run.js';
import { examsProject } from './exams-project.js';

describe('scorecast predict', () => {
  it('writes one line per row with number, prediction and interval', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const { code, stdout, stderr } = await cli(folder, 'predict', 'exams.csv');
    expect(code, stderr).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('row,prediction,lower,upper');
    expect(lines).toHaveLength(201);
    const [row, prediction, lower, upper] = lines[1].split(',').map(Number);
    expect(row).toBe(1);
    expect(prediction).toBeGreaterThan(lower);
    expect(prediction).toBeLessThan(upper);
  });

  it('keeps identifiers, in CSV and in JSON lines', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'habits.csv'), generateStudyHabits({ rows: 200 }));
    const config = {
      schema: studyHabitsSchema,
      data: 'habits.csv',
      workers: 1,
      grid: [{ estimator: 'least-squares' }],
    };
    await writeFile(path.join(folder, 'scorecast.config.json'), JSON.stringify(config));
    const trained = await cli(folder, 'train');
    expect(trained.code, trained.stderr).toBe(0);
    const csv = await cli(folder, 'predict', 'habits.csv');
    expect(csv.stdout.split('\n')[0]).toBe('row,student_id,prediction,lower,upper');
    const json = await cli(folder, 'predict', 'habits.csv', '--json');
    const first: unknown = JSON.parse(json.stdout.split('\n')[0]);
    expect(first).toHaveProperty('student_id');
    expect(first).toHaveProperty('interval.lower');
  });

  it('refuses an invalid row and leaves no half-written file', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const text = await readFile(path.join(folder, 'exams.csv'), 'utf8');
    await writeFile(path.join(folder, 'new.csv'), text.replace(/,\d+,(\d+),(\d+)\n$/, ',1000,$1,$2\n'));
    const { code, stderr } = await cli(folder, 'predict', 'new.csv', '-o', 'predictions.csv');
    expect(code).toBe(3);
    expect(stderr).toContain(
      'column "reading_score", row 200: "1000" is out of range (expected a number from 0 to 100)',
    );
    expect((await readdir(folder)).filter((name) => name.startsWith('predictions'))).toEqual([]);
  });

  it('leaves invalid rows out when told to, and says so', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const text = await readFile(path.join(folder, 'exams.csv'), 'utf8');
    await writeFile(path.join(folder, 'new.csv'), text.replace(/,\d+,(\d+),(\d+)\n$/, ',1000,$1,$2\n'));
    const { code, stderr } = await cli(folder, 'predict', 'new.csv', '-o', 'predictions.csv', '--on-invalid', 'drop');
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('1 invalid row left out');
    const written = await readFile(path.join(folder, 'predictions.csv'), 'utf8');
    expect(written.trimEnd().split('\n')).toHaveLength(200);
  });

  it('refuses a tampered bundle with exit code 4 and names the file', async () => {
    const folder = await examsProject();
    await cli(folder, 'train');
    const bundle = path.join(folder, 'scorecast-out/bundle.json');
    const text = await readFile(bundle, 'utf8');
    await writeFile(bundle, text.replace(/"intercept":\d/, '"intercept":9'));
    const { code, stderr } = await cli(folder, 'predict', 'exams.csv');
    expect(code).toBe(4);
    expect(stderr).toContain('scorecast-out/bundle.json: the bundle was changed after it was written');
  });

  it('says what to do where there is no bundle', async () => {
    const folder = await examsProject();
    const { code, stderr } = await cli(folder, 'predict', 'exams.csv');
    expect(code).toBe(4);
    expect(stderr).toContain('train first, or name it with --bundle');
  });
});
