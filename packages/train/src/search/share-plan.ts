import type { Table } from '@scorecast/core';
import type { SearchPlan } from './search-plan.js';

/** The same plan with its numbers in shared memory, so that sending it to a worker copies none of them. */
export function sharePlan(plan: SearchPlan): SearchPlan {
  return { ...plan, features: shareTable(plan.features), target: shareFloats(plan.target) };
}

/** What is shared already: searches over the same rows, one after another, copy them once. */
const copies = new WeakMap<Float64Array | Int32Array, Float64Array | Int32Array>();

function shareTable(source: Table): Table {
  return {
    rowCount: source.rowCount,
    columns: source.columns.map((column) =>
      column.kind === 'numeric'
        ? { ...column, values: shareFloats(column.values) }
        : { ...column, codes: shareIntegers(column.codes) },
    ),
  };
}

function shareFloats(values: Float64Array): Float64Array {
  const known = copies.get(values);
  if (known instanceof Float64Array) return known;
  const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  copies.set(values, copy);
  return copy;
}

function shareIntegers(values: Int32Array): Int32Array {
  const known = copies.get(values);
  if (known instanceof Int32Array) return known;
  const copy = new Int32Array(new SharedArrayBuffer(values.byteLength));
  copy.set(values);
  copies.set(values, copy);
  return copy;
}
