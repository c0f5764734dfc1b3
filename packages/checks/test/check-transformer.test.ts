import { numericColumn, numericColumns, table, type Scaling, type Table } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { checkTransformer } from '../src/index.js';

const source = table([numericColumn('x', [5, 2, 9, 4]), numericColumn('other', [1, 2, 3, 4])]);

function scaling(center: number, name = 'x'): Scaling {
  return { kind: 'scaling', columns: [{ name, center, scale: 2 }] };
}

function firstColumn(rows: Table): Float64Array {
  return numericColumns(rows)[0].values;
}

const largest = (rows: Table) => scaling(Math.max(...firstColumn(rows)));

describe('the checks of transformers', () => {
  it('find nothing wrong with one that keeps every promise', async () => {
    expect(await checkTransformer('toy', largest, source)).toEqual([]);
  });

  it('find one that learns from the order of the rows', async () => {
    const findings = await checkTransformer('toy', (rows) => scaling(firstColumn(rows)[0]), source);
    expect(findings).toEqual([
      'toy must learn the same whatever the order of the rows: column "x" changed with the order',
    ]);
  });

  it('find one that changes what it learns from', async () => {
    const sorting = (rows: Table) => {
      firstColumn(rows).sort();
      return largest(rows);
    };
    const findings = await checkTransformer('toy', sorting, structuredClone(source));
    expect(findings.join()).toContain('its input changed (expected it to be only read)');
  });

  it('find one that learns something else each time', async () => {
    let fits = 0;
    const findings = await checkTransformer('toy', () => scaling(fits++), source);
    expect(findings.join()).toContain('toy must give the same bytes when it is fitted again');
  });

  it('find one that learns what no bundle can hold', async () => {
    const findings = await checkTransformer('toy', () => scaling(Infinity), source);
    expect(findings.join()).toContain(
      'toy must become plain data: the fitted transformer.columns[0].center is Infinity',
    );
    expect(findings.join()).toContain('toy must transform the same after a bundle: it threw');
  });
});
