import { describe, expect, it } from 'vitest';
import { alignHistories } from '../web/charts/align-histories.js';
import { historyFacts } from '../web/charts/history-facts.js';
import { lineStyle } from '../web/charts/line-style.js';
import { compareRows } from '../web/compare/compare-rows.js';

describe('runs side by side', () => {
  it('differ where a value is another one, or missing', () => {
    const rows = compareRows([
      new Map([
        ['seed', '42'],
        ['estimator', 'ridge'],
        ['alpha', '1'],
      ]),
      new Map([
        ['seed', '42'],
        ['estimator', 'lasso'],
      ]),
    ]);
    expect(rows).toEqual([
      { key: 'alpha', values: ['1', undefined], differs: true },
      { key: 'estimator', values: ['ridge', 'lasso'], differs: true },
      { key: 'seed', values: ['42', '42'], differs: false },
    ]);
  });

  it('do not differ where none of them has a number', () => {
    const [row] = compareRows([new Map([['r2', Number.NaN]]), new Map([['r2', Number.NaN]])]);
    expect(row.differs).toBe(false);
  });
});

describe('histories in one chart', () => {
  const first = [
    { step: 0, value: 1 },
    { step: 2, value: 3 },
    { step: 2, value: 4 },
  ];
  const second = [
    { step: 1, value: Number.NaN },
    { step: 2, value: 5 },
  ];

  it('share their steps, with gaps where one has no number', () => {
    expect(alignHistories([first, second])).toEqual({
      steps: [0, 1, 2],
      values: [
        [1, null, 4],
        [null, null, 5],
      ],
    });
  });

  it('are summed up by what is finite', () => {
    expect(historyFacts(second)).toEqual({ last: 5, least: 5, most: 5 });
    expect(historyFacts([])).toEqual({ last: undefined, least: undefined, most: undefined });
  });

  it('are told apart by more than colour', () => {
    const styles = Array.from({ length: 20 }, (_, place) => JSON.stringify(lineStyle(place)));
    expect(new Set(styles).size).toBe(20);
    const dashes = Array.from({ length: 6 }, (_, place) => lineStyle(place).dash.join());
    expect(new Set(dashes).size).toBe(6);
  });
});
