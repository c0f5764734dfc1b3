import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnAt, columnId, defaultColumns, orderBy } from '../web/runs/column.js';
import { runFilter } from '../web/runs/run-filter.js';
import { topTwoOrder } from '../web/runs/top-two.js';
import { visibleRows } from '../web/runs/visible-rows.js';

describe('columns', () => {
  it('that nobody chose show the metrics that say most, and what was trained', () => {
    const columns = defaultColumns(
      ['zeta', 'cv_mae', 'cv_r2', 'alpha', 'beta', 'test_r2'],
      ['seed', 'estimator', 'folds'],
      1,
    );
    expect(columns.map(columnId)).toEqual([
      'attributes.status',
      'attributes.start_time',
      'attributes.duration',
      'metrics.cv_r2',
      'metrics.test_r2',
      'metrics.cv_mae',
      'metrics.alpha',
      'params.estimator',
      'params.folds',
      'attributes.user_id',
    ]);
  });

  it('are sorted by in MLflow’s language', () => {
    expect(orderBy({ kind: 'attributes', key: 'start_time' }, true)).toBe('attributes.start_time DESC');
    expect(orderBy({ kind: 'metrics', key: 'val loss' }, false)).toBe('metrics.`val loss` ASC');
    expect(orderBy({ kind: 'params', key: 'a`b' }, false)).toBe('params."a`b" ASC');
  });

  it('of other kinds do not exist', () => {
    expect([columnAt('tags.team'), columnAt('metrics.'), columnAt('metrics.a.b')]).toEqual([
      undefined,
      undefined,
      { kind: 'metrics', key: 'a.b' },
    ]);
  });
});

describe('the filter', () => {
  it('takes words for a part of a name', () => {
    expect(runFilter(' deep forest ')).toBe("attributes.run_name ILIKE '%deep forest%'");
  });

  it('leaves MLflow’s language as it is', () => {
    expect(runFilter('metrics.cv_r2 > 0.8')).toBe('metrics.cv_r2 > 0.8');
    expect(runFilter('')).toBe('');
  });
});

describe('the two best runs', () => {
  it('are those on top where the list is sorted by a metric', () => {
    const sort = { column: { kind: 'metrics', key: 'seconds' }, isDescending: false } as const;
    expect(topTwoOrder(sort, ['cv_r2'])).toBe(sort);
  });

  it('are found by the metric that says most otherwise', () => {
    expect(topTwoOrder(undefined, ['seconds', 'test_mae', 'cv_mae'])).toEqual({
      column: { kind: 'metrics', key: 'cv_mae' },
      isDescending: false,
    });
  });

  it('are unknown without such a metric', () => {
    expect(topTwoOrder(undefined, ['seconds'])).toBeUndefined();
  });
});

describe('the rows in sight', () => {
  const amount = fc.integer({ min: 0, max: 100_000 });

  it('and the room around them are as high as the whole list', () => {
    fc.assert(
      fc.property(amount, amount, fc.integer({ min: 0, max: 2000 }), (count, top, height) => {
        const { first, end, above, below } = visibleRows(count, 42, top, height);
        expect(above + (end - first) * 42 + below).toBe(count * 42);
        expect(first).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(count);
      }),
    );
  });

  it('are few, however many there are', () => {
    const { first, end } = visibleRows(10_000, 42, 84_000, 600);
    expect({ first, end }).toEqual({ first: 1992, end: 2023 });
  });

  it('are all rows of a short list', () => {
    expect(visibleRows(3, 42, 0, 600)).toEqual({ first: 0, end: 3, above: 0, below: 0 });
  });
});
