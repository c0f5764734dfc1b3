import { numericColumn, type NumericColumn } from '../table/column.js';
import { columnOf, table, type Table } from '../table/table.js';
import { transformError } from './transform-error.js';

/**
 * Appends the products of two (degree 2) or of two and three (degree 3) of its columns, such as `hours^2` and
 * `hours*sleep`, so that a linear model can bend and let one column's effect depend on another.
 */
export interface Polynomial {
  readonly kind: 'polynomial';
  readonly degree: 2 | 3;
  /** Whether no column is multiplied by itself. */
  readonly interactionOnly: boolean;
  /** Whose products; the order decides the order of the products. */
  readonly columns: readonly { readonly name: string }[];
}

/** How many columns a polynomial may append: 44 columns have so many products of two, 16 of two and three. */
export const MAX_PRODUCTS = 1000;

/**
 * How many columns a polynomial appends.
 *
 * @example
 * productCount({ degree: 2, interactionOnly: false, columns: [{ name: 'a' }, { name: 'b' }] }); // => 3
 */
export function productCount({ degree, interactionOnly, columns }: Omit<Polynomial, 'kind'>): number {
  const n = interactionOnly ? columns.length : columns.length + 1;
  const pairs = (n * (n - 1)) / 2;
  if (degree === 2) return pairs;
  const m = interactionOnly ? columns.length : columns.length + 2;
  return pairs + (m * (m - 1) * (m - 2)) / 6;
}

/** Applies it; the products stand behind all other columns, shorter ones first, in the order of the columns. */
export function appendProducts({ degree, interactionOnly, columns }: Polynomial, source: Table): Table {
  const factors = columns.map(({ name }) => {
    const column = columnOf(source, name);
    if (column.kind === 'numeric') return column;
    throw transformError('TRANSFORM_COLUMN_KIND', { column: name, expected: 'numeric' });
  });
  const appended: NumericColumn[] = [];
  let shorter: readonly Product[] = factors.map(({ values }, i) => ({ factors: [i], values }));
  for (let length = 2; length <= degree; length++) {
    shorter = shorter.flatMap((product) => longerProducts(product, factors, interactionOnly));
    appended.push(...shorter.map((product) => numericColumn(productName(product.factors, factors), product.values)));
  }
  return table([...source.columns, ...appended], source.rowCount);
}

interface Product {
  /** Which columns, in ascending order; one that comes twice is squared. */
  readonly factors: readonly number[];
  readonly values: Float64Array;
}

/** The products with one more factor, not before the last: so each comes up once. */
function longerProducts(
  product: Product,
  factors: readonly NumericColumn[],
  interactionOnly: boolean,
): readonly Product[] {
  const last = product.factors[product.factors.length - 1];
  const start = interactionOnly ? last + 1 : last;
  return factors.slice(start).map(({ values }, i) => ({
    factors: [...product.factors, start + i],
    values: product.values.map((value, row) => value * values[row]),
  }));
}

function productName(indices: readonly number[], factors: readonly NumericColumn[]): string {
  return [...new Set(indices)]
    .map((index) => {
      const power = indices.filter((other) => other === index).length;
      return power === 1 ? factors[index].name : `${factors[index].name}^${power}`;
    })
    .join('*');
}
