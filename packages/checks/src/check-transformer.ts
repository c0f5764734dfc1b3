import { isDeepStrictEqual } from 'node:util';
import {
  mersenneTwister,
  takeRows,
  transform,
  type Column,
  type FittedTransformer,
  type Model,
  type OrdinalEncoding,
  type Table,
} from '@scorecast/core';
import { firstFinding, runChecks, type Checks, type Finding } from './check.js';
import { findForeignValue } from './plain-data.js';
import { expectRefusal } from './refusal.js';
import { throughBundle } from './through-bundle.js';

/** A way to learn a transformer, and rows to learn it from. */
interface TransformerSubject {
  readonly source: Table;
  fit(this: void, source: Table): FittedTransformer;
}

/**
 * Checks what every transformer promises, fitted and applied.
 *
 * @param fit Learns the transformer.
 * @param source Rows to learn from, at least two, with gaps where the transformer takes them.
 * @returns A sentence for each broken promise; none when all is well.
 */
export function checkTransformer(
  name: string,
  fit: (source: Table) => FittedTransformer,
  source: Table,
): Promise<readonly string[]> {
  return runChecks(name, transformerChecks, () => ({ fit, source: structuredClone(source) }));
}

const transformerChecks: Checks<TransformerSubject> = {
  'become plain data': ({ fit, source }) => findForeignValue(fit(source), 'the fitted transformer'),
  'give the same bytes when it is fitted again': ({ fit, source }) =>
    isDeepStrictEqual(fit(source), fit(source))
      ? undefined
      : 'the second transformer differs (expected the same bytes)',
  'leave the rows that it learns from and transforms as they are': ({ fit, source }) => {
    const before = structuredClone(source);
    transform(fit(source), source);
    return isDeepStrictEqual(source, before) ? undefined : 'its input changed (expected it to be only read)';
  },
  'keep all rows': ({ fit, source }) => {
    const { rowCount } = transform(fit(source), source);
    return rowCount === source.rowCount ? undefined : `${source.rowCount} rows became ${rowCount}`;
  },
  'transform a row alone as among others': ({ fit, source }) => {
    const fitted = fit(source);
    const together = transform(fitted, source);
    const rows = Array.from({ length: source.rowCount }, (_, row) => row);
    return firstFinding(rows, (row) =>
      expectEqualTables(`row ${row + 1} alone`, transform(fitted, takeRows(source, [row])), takeRows(together, [row])),
    );
  },
  'learn the same whatever the order of the rows': ({ fit, source }) => {
    const mixed = takeRows(source, mersenneTwister(3).permutation(source.rowCount));
    return expectNearTables(transform(fit(mixed), source), transform(fit(source), source));
  },
  'transform the same after a bundle': async ({ fit, source }) => {
    const fitted = fit(source);
    const { transformers } = await throughBundle(aroundTransformer(fitted, source), source);
    return expectEqualTables('from a loaded bundle', transform(transformers[0], source), transform(fitted, source));
  },
  'refuse a table without its columns': ({ fit, source }) =>
    expectRefusal('a table without columns', () => transform(fit(source), { rowCount: source.rowCount, columns: [] }), [
      'no column',
    ]),
};

function expectEqualTables(how: string, found: Table, expected: Table): Finding {
  return isDeepStrictEqual(found, expected) ? undefined : `${how} gives another result (expected the same bits)`;
}

/** Equal but for rounding: sums may be added in another order. */
function expectNearTables(found: Table, expected: Table): Finding {
  const wrong = expected.columns.find((column, i) => !isNear(column, found.columns[i]));
  return wrong === undefined ? undefined : `column ${JSON.stringify(wrong.name)} changed with the order`;
}

function isNear(a: Column, b: Column | undefined): boolean {
  if (a.kind !== 'numeric' || b?.kind !== 'numeric') return isDeepStrictEqual(a, b);
  return (
    a.name === b.name &&
    a.values.every(
      (value, i) => Object.is(value, b.values[i]) || Math.abs(value - b.values[i]) <= 1e-9 * (1 + Math.abs(value)),
    )
  );
}

/** The smallest pipeline around a transformer: its categories as ranks, and a model that predicts 0. */
function aroundTransformer(fitted: FittedTransformer, source: Table) {
  const { columns } = transform(fitted, source);
  const ranks: OrdinalEncoding = {
    kind: 'ordinal-encoding',
    columns: columns.flatMap((column) =>
      column.kind === 'numeric' ? [] : [{ name: column.name, levels: column.levels }],
    ),
  };
  return { transformers: [fitted, ranks], model: alwaysZero(columns.map((column) => column.name)) };
}

/** A tree that is nothing but a leaf: it predicts 0 even where values are missing. */
function alwaysZero(features: readonly string[]): Model {
  const leaf = {
    feature: Int32Array.of(-1),
    threshold: Float64Array.of(0),
    left: Int32Array.of(0),
    right: Int32Array.of(0),
    missingLeft: Uint8Array.of(0),
    value: Float64Array.of(0),
    cover: Float64Array.of(1),
  };
  return { kind: 'tree-ensemble', features, combine: 'mean', trees: [leaf] };
}
