import {
  nominalColumn,
  numericColumn,
  predict,
  r2Score,
  table,
  takeRows,
  type Column,
  type Table,
} from '@scorecast/core';
import { firstFinding, type Checks, type Finding } from './check.js';
import type { EstimatorSubject } from './estimator-subject.js';
import { expectFinite } from './expect-predictions.js';
import { easyProblem } from './problem.js';
import { findForeignValue } from './plain-data.js';
import { expectWorksOrRefusal } from './refusal.js';

/** What estimators promise of data that is unusual or wrong. */
export function dataChecks<C>(): Checks<EstimatorSubject<C>> {
  return {
    'predict a constant target as it is': ({ fit }) => {
      const { x } = easyProblem(30, 1);
      const predictions = predict(fit(x, new Float64Array(30).fill(0.1)), x);
      const wrong = predictions.find((value) => !(Math.abs(value - 0.1) < 1e-12));
      return wrong === undefined ? undefined : `it predicted ${wrong} after learning nothing but 0.1`;
    },
    'take -0 for 0': ({ fit }) => {
      const x = table([
        numericColumn(
          'x',
          Float64Array.from({ length: 20 }, (_, i) => (i < 10 ? -0 : 1)),
        ),
      ]);
      return findForeignValue(fit(x, new Float64Array(20).fill(-0)));
    },
    'learn from one column': (subject) => {
      const { x, y } = easyProblem(60, 1);
      return fitsWell(subject, table([x.columns[0]]), y, 0.2);
    },
    'learn from few rows or say how many it needs': ({ fit, estimator }) => {
      const { x, y } = easyProblem(3, 1);
      return firstFinding([1, 2, 3], (rows) =>
        expectWorksOrRefusal(
          `learning from ${rows} row(s)`,
          () => expectFinite(predict(fit(firstRows(x, rows), y.slice(0, rows)), x), 3),
          [estimator.name, String(rows)],
        ),
      );
    },
    'learn from many rows': (subject) => {
      const { x, y } = easyProblem(3000, 1);
      return fitsWell(subject, x, y, 0.5);
    },
    'bear columns of one value': (subject) => {
      const { x, y } = easyProblem(60, 1);
      return fitsWell(subject, withColumn(x, numericColumn('constant', new Float64Array(60).fill(0.1))), y, 0.5);
    },
    'bear a column that is there twice': (subject) => {
      const { x, y } = easyProblem(60, 1);
      return fitsWell(subject, withColumn(x, { ...x.columns[0], name: 'again' }), y, 0.5);
    },
    'bear rows that are there twice': (subject) => {
      const { x, y } = easyProblem(60, 1);
      const twice = Array.from({ length: 120 }, (_, i) => i % 60);
      return fitsWell(
        subject,
        takeRows(x, twice),
        Float64Array.from(twice, (row) => y[row]),
        0.5,
      );
    },
    'bear columns of very different sizes': ({ fit }) => {
      const { x, y } = easyProblem(60, 1);
      const sized = numericColumn(
        'size',
        Float64Array.from({ length: 60 }, (_, i) => (i % 2 === 0 ? 1e9 : -1e9)),
      );
      return expectFinite(predict(fit(withColumn(x, sized), y), withColumn(x, sized)), 60);
    },
    'learn from missing values where it declares to take them': (subject) => {
      if (subject.estimator.takesMissing !== true) return undefined;
      const { x, y } = easyProblem(60, 1);
      return fitsWell(subject, withGaps(x), y, 0.5);
    },
    'learn from codes of levels where it declares to take them': (subject) => {
      if (subject.estimator.takesNominal !== true) return undefined;
      // High and low levels take turns, so that no threshold but a set of levels parts them at once.
      const codes = Float64Array.from({ length: 60 }, (_, row) => (row % 7 === 3 ? Number.NaN : row % 6));
      const y = codes.map((code, row) => (code % 2 === 1 ? 60 : 40) + (row % 3));
      return fitsWell(subject, table([nominalColumn('level', codes, 6)]), y, 0.8);
    },
  };
}

/** Fits, and demands that the rows that were learned from are predicted at least so well, or as well as any. */
function fitsWell(
  { fit, floor }: Pick<EstimatorSubject<never>, 'fit' | 'floor'>,
  x: Table,
  y: Float64Array,
  wanted: number,
): Finding {
  const predictions = predict(fit(x, y), x);
  const finding = expectFinite(predictions, x.rowCount);
  if (finding !== undefined) return finding;
  const r2 = r2Score(y, predictions);
  const least = Math.min(wanted, floor);
  return r2 >= least ? undefined : `R2 on its own training rows is ${r2.toFixed(3)} (expected at least ${least})`;
}

function firstRows(x: Table, rows: number): Table {
  return takeRows(
    x,
    Array.from({ length: rows }, (_, row) => row),
  );
}

function withColumn(x: Table, column: Column): Table {
  return table([...x.columns, column]);
}

/** The same table with every fifth value of its first column missing. */
function withGaps(x: Table): Table {
  return table(
    x.columns.map((column, i) =>
      column.kind === 'numeric' && i === 0
        ? { ...column, values: column.values.map((value, row) => (row % 5 === 4 ? Number.NaN : value)) }
        : column,
    ),
  );
}
