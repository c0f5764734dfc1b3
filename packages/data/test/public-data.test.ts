import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { columnOf, mean, parseSchema, standardDeviation, type Schema } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { inferSchema, readDataset } from '../src/index.js';
import { temporaryFiles } from './temporary-files.js';

// The five public data sets are not part of the project: they are read where they are, beside it.

const files = temporaryFiles();
const root = fileURLToPath(new URL('../../../', import.meta.url));
const data = `${root}../shared/data/`;
const pathOf = (name: string) => `${data}${name}.csv`;
const schemaOf = async (name: string) =>
  parseSchema(JSON.parse(await readFile(`${root}examples/schemas/${name}.json`, 'utf8')));

const sets = [
  {
    name: 'students-exams',
    rows: 1000,
    target: 'math_score',
    mean: 66.089,
    sd: 15.1631,
    sha256: '802478d1fb131fea8481d61c88e74d2333d3e5580ff1c13483dda971eed8f880',
  },
  {
    name: 'student-mat',
    rows: 395,
    target: 'G3',
    mean: 10.4152,
    sd: 4.5814,
    sha256: 'e47f9ee225e1ee6e69b7564e6dac7123e80b8486677fe111f351964cef5dec80',
  },
  {
    name: 'student-por',
    rows: 649,
    target: 'G3',
    mean: 11.906,
    sd: 3.2307,
    sha256: 'a7594a11d7771c0efe1a740824e0e833da9c4cad07c39a9766a874575563fb3f',
  },
  {
    name: 'student-performance-factors',
    rows: 6607,
    target: 'Exam_Score',
    mean: 67.2357,
    sd: 3.8905,
    sha256: 'e8df8c4148ef83fb295ca1c092f2c6ee15272c0a8e3018b769a788ab50e96e97',
  },
  {
    name: 'student-performance-index',
    rows: 10000,
    target: 'Performance Index',
    mean: 55.2248,
    sd: 19.2126,
    sha256: '93793b00d9026d0b4907df0ca9f88b3696747c7496679d35833bb0fbf9fb57cf',
  },
];

describe('the schemas in examples/schemas', () => {
  it.each(sets)('$name is valid and predicts $target', async ({ name, target }) => {
    expect(await schemaOf(name)).toMatchObject({ name, target: { name: target } });
  });
});

describe.skipIf(!existsSync(data))('the public data sets (skipped where ../shared/data is absent)', () => {
  it.each(sets)('$name is read by its schema as published', async ({ name, rows, mean: m, sd, sha256 }) => {
    const dataset = await readDataset(pathOf(name), await schemaOf(name));
    expect(dataset).toMatchObject({ fileRows: rows, sha256, warnings: [], dropped: { rows: 0 } });
    expect(mean(dataset.target)).toBeCloseTo(m, 4);
    expect(standardDeviation(dataset.target, 1)).toBeCloseTo(sd, 4);
  });

  it.each(sets)('$name gives a schema that reads it without a problem', async ({ name, rows, target }) => {
    const { schema, reasons } = await inferSchema(pathOf(name));
    expect(schema.target.name).toBe(target);
    const dataset = await readDataset(pathOf(name), schema);
    expect(dataset).toMatchObject({ warnings: [], dropped: { rows: 0 } });
    expect(dataset.features.rowCount).toBe(rows);
    expect(reasons.every((reason) => reason.why.length > 0)).toBe(true);
  });

  it.each(sets)('$name: the inferred features are numbers and levels as in its schema', async ({ name }) => {
    const kinds = (schema: Schema) =>
      schema.features.map((feature) => [feature.name, feature.kind === 'numeric', feature.optional]);
    expect(kinds((await inferSchema(pathOf(name))).schema)).toEqual(kinds(await schemaOf(name)));
  });

  it('names the row of the one exam score above 100 where the range ends there', async () => {
    const schema = await schemaOf('student-performance-factors');
    const strict = parseSchema({ ...schema, target: { ...schema.target, max: 100 } });
    const path = pathOf('student-performance-factors');
    const lines = (await readFile(path, 'utf8')).split('\r\n');
    const row = lines.findIndex((line) => line.endsWith(',101'));
    await expect(readDataset(path, strict)).rejects.toMatchObject({
      code: 'DATA_INVALID',
      details: { problemCount: 1, problems: [{ code: 'out-of-range', column: 'Exam_Score', row, value: '101' }] },
    });
    expect((await readDataset(path, strict, { onInvalid: 'drop' })).target).toHaveLength(6606);
  });

  it('keeps "none" as a level and counts empty cells as missing', async () => {
    const exams = await readDataset(pathOf('students-exams'), await schemaOf('students-exams'));
    const course = columnOf(exams.features, 'test_preparation_course');
    if (course.kind !== 'categorical') throw new Error('the course is categorical');
    expect(course.codes.filter((code) => course.levels[code] === 'none')).toHaveLength(642);
    const factors = await readDataset(
      pathOf('student-performance-factors'),
      await schemaOf('student-performance-factors'),
    );
    const missing = ['Teacher_Quality', 'Parental_Education_Level', 'Distance_from_Home'].map((name) => {
      const column = columnOf(factors.features, name);
      return column.kind === 'categorical' ? column.codes.filter((code) => code < 0).length : undefined;
    });
    expect(missing).toEqual([78, 90, 67]);
  });

  it('reads the exams under their other header', async () => {
    const [header, ...rows] = (await readFile(pathOf('students-exams'), 'utf8')).split('\n');
    const published = header.replace('race_ethnicity', 'race/ethnicity').replaceAll('_', ' ');
    const path = await files.write('published.csv', [published, ...rows].join('\n'));
    const schema = await schemaOf('students-exams');
    const ours = await readDataset(pathOf('students-exams'), schema);
    const theirs = await readDataset(path, schema);
    expect(theirs.features).toEqual(ours.features);
    expect(theirs.sha256).toBe('ade5869dba8b2d3e2b96379359fb2f61cb0308e8394d9b1ba37e174cfe3bee69');
  });
});
