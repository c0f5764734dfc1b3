import { categoricalColumn, nominalColumn, table, takeRows, type Table } from '@scorecast/core';
import type { Checks } from './check.js';
import type { EstimatorSubject } from './estimator-subject.js';
import { easyProblem } from './problem.js';
import { expectRefusal } from './refusal.js';

/** What estimators promise of data that they cannot learn from. */
export function refusalChecks<C>(): Checks<EstimatorSubject<C>> {
  return {
    'refuse missing values unless it declares to take them': ({ fit, estimator: { name, takesMissing } }) => {
      const { x, y } = easyProblem(10, 1);
      if (takesMissing === true) return undefined;
      return expectRefusal('a missing value', () => fit(withValue(x, Number.NaN), y), [name, '"a"', 'row 5']);
    },
    'refuse codes of levels unless it declares to take them': ({ fit, estimator: { name, takesNominal } }) => {
      const { x, y } = easyProblem(10, 1);
      if (takesNominal === true) return undefined;
      const coded = table([...x.columns, nominalColumn('lunch', new Float64Array(10), 3)]);
      return expectRefusal('codes of levels', () => fit(coded, y), [name, '"lunch"']);
    },
    'refuse what it cannot learn from': ({ fit, estimator: { name } }) => {
      const { x, y } = easyProblem(10, 1);
      const category = table([...x.columns, categoricalColumn('lunch', new Int32Array(10), ['free'])]);
      return (
        expectRefusal('no rows', () => fit(takeRows(x, []), new Float64Array(0)), [name]) ??
        expectRefusal('fewer targets than rows', () => fit(x, y.slice(1)), [name, '9', '10']) ??
        expectRefusal('a missing target', () => fit(x, y.with(3, Number.NaN)), [name, 'row 4']) ??
        expectRefusal('an infinite target', () => fit(x, y.with(3, Infinity)), [name, 'row 4']) ??
        expectRefusal('an infinite value', () => fit(withValue(x, Infinity), y), [name, '"a"', 'row 5']) ??
        expectRefusal('a categorical column', () => fit(category, y), ['"lunch"'])
      );
    },
  };
}

/** The same table with another value in row 5 of its first column. */
function withValue(x: Table, value: number): Table {
  return table(
    x.columns.map((column, i) =>
      column.kind === 'numeric' && i === 0 ? { ...column, values: column.values.with(4, value) } : column,
    ),
  );
}
