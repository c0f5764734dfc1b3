import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allRuns, hrefOf, parseRoute, type Route } from '../web/route/route.js';

const text = fc.string({ minLength: 1, unit: 'grapheme' });
const column = fc.record({ kind: fc.constantFrom('attributes', 'metrics', 'params'), key: text });
const route = fc.oneof(
  fc.record({
    page: fc.constant('runs'),
    experiments: fc.array(text),
    filter: fc.string(),
    sort: fc.option(fc.record({ column, isDescending: fc.boolean() }), { nil: undefined }),
    columns: fc.option(fc.array(column), { nil: undefined }),
  }),
  fc.record({ page: fc.constant('run'), id: text }),
  fc.record({ page: fc.constant('compare'), runs: fc.array(text) }),
  fc.record({ page: fc.constant('models') }),
  fc.record({ page: fc.constant('model'), name: text }),
);

describe('the addresses of pages', () => {
  it('lead back to where they came from, whatever names and filters hold', () => {
    fc.assert(
      fc.property(route, (there) => {
        expect(parseRoute(hrefOf(there satisfies Route))).toEqual(there);
      }),
    );
  });

  it('begin with the list of all runs', () => {
    expect(parseRoute('')).toEqual(allRuns);
    expect(parseRoute('#/')).toEqual(allRuns);
  });

  it('can be read', () => {
    const sort = { column: { kind: 'metrics', key: 'cv_r2' }, isDescending: true } as const;
    expect(hrefOf({ ...allRuns, experiments: ['3'], filter: 'ridge', sort })).toBe(
      '#/runs?experiment=3&filter=ridge&sort=metrics.cv_r2%3Adesc',
    );
    expect(hrefOf({ page: 'model', name: 'exams' })).toBe('#/models/exams');
  });

  it('say so when they mean no page', () => {
    expect(parseRoute('#/nonsense')).toEqual({ page: 'nowhere' });
    expect(parseRoute('#/compare/1')).toEqual({ page: 'nowhere' });
  });

  it('are read even when they are broken', () => {
    expect(parseRoute('#/models/100%')).toEqual({ page: 'model', name: '100%' });
    expect(parseRoute('#/runs?sort=metrics.cv_r2')).toEqual(allRuns);
  });
});
