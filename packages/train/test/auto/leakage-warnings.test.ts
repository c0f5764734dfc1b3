import { categoricalColumn, mersenneTwister, numericColumn, table, type Column } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { leakageWarnings } from '../../src/auto/leakage-warnings.js';
import { sampleSchema } from '../search/sample-rows.js';

const random = mersenneTwister(3);
const normal = (count: number) => Float64Array.from({ length: count }, () => random.normal());

const target = normal(200);
const noise = normal(200);
const split = {
  train: Int32Array.from({ length: 160 }, (_, i) => i),
  test: Int32Array.from({ length: 40 }, (_, i) => 160 + i),
};

function warningsOf(column: Column): readonly string[] {
  const data = { schema: sampleSchema, features: table([column]), target };
  return leakageWarnings(data, data, split);
}

describe('leakage checks', () => {
  it('are silent about a feature that says something and not everything', () => {
    expect(
      warningsOf(
        numericColumn(
          'hours',
          target.map((value, i) => value + noise[i]),
        ),
      ),
    ).toEqual([]);
  });

  it('warn of a feature that is the target in another unit', () => {
    expect(
      warningsOf(
        numericColumn(
          'grade',
          target.map((value) => 20 - 3 * value),
        ),
      )[0],
    ).toMatch(/^feature "grade" explains 100 % of "score" by itself: it may be the target in another form/);
  });

  it('are silent about a feature that most rows miss: two points always lie on a line', () => {
    const two = target.map((value, i) => (i === 3 || i === 50 ? value : Number.NaN));
    expect(warningsOf(numericColumn('grade', two))).toEqual([]);
  });

  it('warn of levels that determine the target, without a straight line', () => {
    const codes = Int32Array.from(target, (_, i) => i % 4);
    const determined = Float64Array.from(codes, (code, i) => [5, -3, 9, 0][code] + 0.01 * noise[i]);
    const features = table([categoricalColumn('class', codes, ['a', 'b', 'c', 'd'])]);
    const data = { schema: sampleSchema, features, target: determined };
    expect(leakageWarnings(data, data, split)[0]).toContain('feature "class" explains 100 %');
  });

  it('name a dominant feature, which may be right, as such', () => {
    const [warning] = warningsOf(
      numericColumn(
        'G2',
        target.map((value, i) => value + 0.4 * noise[i]),
      ),
    );
    expect(warning).toMatch(/^dominant feature "G2": it explains 8\d(\.\d)? %/);
  });

  it.each(['student_id', 'id', 'Student ID', 'studentId', 'uuid'])('find an identifier by its name: %s', (name) => {
    expect(warningsOf(numericColumn(name, noise))[0]).toContain('looks like an identifier (by its name)');
  });

  it('find an identifier by its values: whole numbers of which no two are equal', () => {
    expect(
      warningsOf(
        numericColumn(
          'row',
          target.map((_, i) => 1000 + i),
        ),
      )[0],
    ).toContain('every row has another value');
  });

  it.each(['paid', 'humid', 'grid', 'solid'])('do not take the word %s for an identifier', (name) => {
    expect(warningsOf(numericColumn(name, noise))).toEqual([]);
  });

  it('count the rows that stand on both sides', () => {
    const values = noise.slice();
    const repeated = target.slice();
    for (const [copy, original] of [
      [160, 0],
      [161, 1],
      [5, 2],
    ]) {
      values[copy] = values[original];
      repeated[copy] = repeated[original];
    }
    const data = { schema: sampleSchema, features: table([numericColumn('hours', values)]), target: repeated };
    expect(leakageWarnings(data, data, split)[0]).toMatch(
      /^2 test rows \(5 %\) are also in the training part, and 1 training rows \(0\.6 %\) repeat another/,
    );
  });
});
