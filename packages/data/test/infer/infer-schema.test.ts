import { describe, expect, it } from 'vitest';
import { inferSchema, readDataset, type InferOptions } from '../../src/index.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();

/** Twenty rows of a numeric column `x`, a target `score` and the column in question. */
async function inferColumn(name: string, values: readonly (string | number)[], options?: InferOptions) {
  const rows = Array.from({ length: 20 }, (_, i) => `${(i * 7) % 5},${values[i % values.length]},${i * 5}\n`);
  const path = await files.write('infer.csv', `x,${name},score\n${rows.join('')}`);
  const { schema, reasons } = await inferSchema(path, options);
  return {
    feature: schema.features.find((feature) => feature.name === name),
    reason: reasons.find((reason) => reason.column === name),
    schema,
  };
}

const twenty = Array.from({ length: 20 }, (_, i) => i);

describe('an inferred column of numbers', () => {
  it('stays numeric when few values differ, with the range that was seen', async () => {
    const { feature, reason } = await inferColumn('traveltime', [1, 2, 3, 4]);
    expect(feature).toMatchObject({ kind: 'numeric', min: 1, max: 4, integer: true });
    expect(reason?.why).toContain('whole numbers from 1 to 4 were seen, and the range is just that');
  });

  it.each([
    ['reading_score', [17, 93], { min: 0, max: 100 }, 'fits the 0-100 scale'],
    ['Attendance', [60, 100], { min: 0, max: 100 }, 'fits the 0-100 scale'],
    ['G1', [3, 19], { min: 0, max: 20 }, 'fits the 0-20 scale'],
    ['Exam_Score', [55, 101], { min: 0, max: 101 }, 'check the highest'],
    ['absences', [0, 93], { min: 0, max: 93 }, 'just that'],
  ])('named %s with values %j has the range %j', async (name, values, range, why) => {
    const { feature, reason } = await inferColumn(name, values, { target: 'score' });
    expect(feature).toMatchObject({ kind: 'numeric', ...range });
    expect(reason?.why).toContain(why);
  });

  it('is not whole when a fraction is written, be it zero', async () => {
    expect((await inferColumn('weight', ['1.0', '2.0'])).feature).toMatchObject({ integer: false });
  });

  it('stays numeric with an odd value, which is reported', async () => {
    const rows = twenty.map((i) => `${i % 5},${i === 7 ? 'a' : i},${i * 5}\n`);
    const path = await files.write('odd.csv', `x,hours,score\n${rows.join('')}`);
    const { schema, reasons } = await inferSchema(path);
    expect(schema.features[1]).toMatchObject({ kind: 'numeric', name: 'hours' });
    expect(reasons[1].why).toContain('1 of 20 values are not numbers and will be refused, the first in row 8: "a"');
    await expect(readDataset(path, schema)).rejects.toThrow('column "hours", row 8: "a" cannot be read');
  });
});

describe('an inferred column of texts', () => {
  it('is nominal with its levels', async () => {
    const { feature } = await inferColumn('internet', ['Yes', 'No', 'No']);
    expect(feature).toMatchObject({ kind: 'nominal', levels: ['No', 'Yes'] });
  });

  it.each([
    [
      ['High', 'Low', 'Medium'],
      ['Low', 'Medium', 'High'],
    ],
    [
      ['Near', 'Far', 'Moderate'],
      ['Near', 'Moderate', 'Far'],
    ],
    [
      ['Positive', 'Negative', 'Neutral'],
      ['Negative', 'Neutral', 'Positive'],
    ],
    [
      ['Postgraduate', 'High School', 'College'],
      ['High School', 'College', 'Postgraduate'],
    ],
    [
      ["bachelor's degree", 'some college', 'high school', 'some high school'],
      ['some high school', 'high school', 'some college', "bachelor's degree"],
    ],
  ])('is ordinal when its levels have a known order: %j', async (values, levels) => {
    const { feature, reason } = await inferColumn('level', values);
    expect(feature).toMatchObject({ kind: 'ordinal', levels });
    expect(reason?.why).toContain(levels.join(' < '));
  });

  it('is nominal when two levels share a place in the order', async () => {
    expect((await inferColumn('level', ['Low', 'Medium', 'Average'])).feature).toMatchObject({ kind: 'nominal' });
  });

  it('counts "none" and a quoted empty text as levels, an empty cell as missing', async () => {
    const { feature, reason } = await inferColumn('course', ['none', 'completed', '""', '']);
    expect(feature).toMatchObject({ kind: 'nominal', levels: ['', 'completed', 'none'], optional: true });
    expect(reason?.why).toContain('missing in 5 of 20 rows, so it is optional');
  });

  it('is left out when it has too many levels', async () => {
    const rows = Array.from({ length: 120 }, (_, i) => `text ${i % 60},${i % 7},${i}.5\n`);
    const path = await files.write('many.csv', `remark,x,score\n${rows.join('')}`);
    const { schema, reasons } = await inferSchema(path);
    expect(schema.features.map((feature) => feature.name)).toEqual(['x']);
    expect(reasons[0]).toMatchObject({
      decision: 'left out',
      why: 'it has 60 different texts, too many for levels (at most 50)',
    });
  });

  it('is reported when it is nearly constant', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => `${i === 5 ? 'b' : 'a'},${i % 7},${i}.5\n`);
    const { reasons } = await inferSchema(await files.write('near.csv', `class,x,score\n${rows.join('')}`));
    expect(reasons[0].why).toContain('nearly constant: "a" in 199 of 200 rows');
  });
});

describe('an inferred identifier', () => {
  it.each([
    ['student_id', twenty.map((i) => 1000 - i * i)],
    ['studentID', twenty.map((i) => 1000 - i * i)],
    ['row', twenty],
    ['name', twenty.map((i) => `student ${i}`)],
  ])('is a column that tells all rows apart: %s', async (name, values) => {
    const { schema, feature } = await inferColumn(name, values);
    expect(schema.identifiers.map((identifier) => identifier.name)).toEqual([name]);
    expect(feature).toBeUndefined();
  });

  it('is not a column of different numbers that measures something', async () => {
    expect(
      (
        await inferColumn(
          'hours',
          twenty.map((i) => 1000 - i * i),
        )
      ).feature,
    ).toMatchObject({ kind: 'numeric' });
  });
});

describe('an inferred target', () => {
  const values = twenty.map((i) => (i * 3) % 19);
  async function target(header: string, options?: InferOptions) {
    const rows = values.map((value) => `${value},${value % 5},${value % 7}\n`);
    const { schema, reasons } = await inferSchema(
      await files.write('target.csv', `${header}\n${rows.join('')}`),
      options,
    );
    return { name: schema.target.name, why: reasons.find((reason) => reason.decision === 'target')?.why };
  }

  it.each([
    ['a,math_score,reading_score', 'math_score'],
    ['G1,G2,G3', 'G3'],
    ['y,a,b', 'y'],
    ['Exam_Score,Previous_Scores,a', 'Exam_Score'],
    ['Previous Scores,a,Performance Index', 'Performance Index'],
    ['a,final_mark,b', 'final_mark'],
    ['a,b,c', 'c'],
  ])('of %s is %s', async (header, name) => {
    expect(await target(header)).toMatchObject({ name });
  });

  it('is the column that was asked for', async () => {
    expect(await target('a,b,score', { target: 'b' })).toMatchObject({
      name: 'b',
      why: expect.stringContaining('asked for'),
    });
  });

  it('must be there and hold numbers that differ', async () => {
    await expect(target('a,b,score', { target: 'scor' })).rejects.toMatchObject({
      code: 'DATA_NO_TARGET',
      message: expect.stringContaining('did you mean "score"?'),
    });
    const texts = await files.write('texts.csv', 'a,b\nx,1\ny,1\n');
    await expect(inferSchema(texts)).rejects.toMatchObject({ code: 'DATA_NO_TARGET' });
  });
});

describe('an inferred schema', () => {
  it('marks what is named like a protected trait as sensitive', async () => {
    const { feature, reason } = await inferColumn('gender', ['f', 'm']);
    expect(feature).toMatchObject({ sensitive: true });
    expect(reason?.why).toContain('protected trait');
  });

  it('leaves out columns without values or of one value', async () => {
    const path = await files.write('one.csv', 'a,b,x,score\n,k,1,5\n,k,2,6\n,k,1,7\n');
    const { schema, reasons } = await inferSchema(path);
    expect(schema.features.map((feature) => feature.name)).toEqual(['x']);
    expect(reasons.map((reason) => reason.decision)).toEqual(['left out', 'left out', 'numeric', 'target']);
  });

  it('is named as told, or after the file', async () => {
    const path = await files.write('My class (2026).v2.csv', 'x,score\n1,5\n2,6\n');
    expect((await inferSchema(path)).schema.name).toBe('My-class-2026-');
    expect((await inferSchema(path, { name: 'class' })).schema.name).toBe('class');
  });

  it('comes from JSON lines, where a key may be absent', async () => {
    const lines = twenty.map((i) =>
      JSON.stringify({ x: i % 5, ...(i > 3 ? { lunch: i % 2 === 0 ? 'a' : 'b' } : {}), score: i }),
    );
    const path = await files.write('infer.jsonl', lines.join('\n'));
    const { schema } = await inferSchema(path);
    expect(schema.features).toMatchObject([
      { kind: 'numeric', name: 'x' },
      { kind: 'nominal', name: 'lunch', levels: ['a', 'b'], optional: true },
    ]);
    expect((await readDataset(path, schema)).features.rowCount).toBe(20);
  });

  it('needs something to learn from, and rows', async () => {
    await expect(inferSchema(await files.write('alone.csv', 'score\n1\n2\n'))).rejects.toMatchObject({
      code: 'DATA_NO_FEATURES',
    });
    await expect(inferSchema(await files.write('none.csv', 'x,score\n'))).rejects.toMatchObject({
      code: 'DATA_NO_ROWS',
    });
  });
});
