import { MAX_PRODUCTS, productCount, type Polynomial, type Table } from '@scorecast/core';
import { trainError } from '../train-error.js';
import { selectNumeric } from './select-columns.js';

/** What {@link fitPolynomial} may do; plain JSON. */
export interface PolynomialOptions {
  /** How many columns a product has at most. Default 2. */
  readonly degree?: 2 | 3;
  /** Whether no column is multiplied by itself. Default false. */
  readonly interactionOnly?: boolean;
}

/**
 * Takes note of the columns whose products are to be appended, as scikit-learn's `PolynomialFeatures(include_bias=False)`:
 * the same numbers in the same order, but the columns themselves stay where they are.
 *
 * @param options.columns Which numeric columns; all of them by default.
 * @throws TRAIN_PRODUCTS when there would be more than 1000 products; TRAIN_COLUMN_KIND, TABLE_NO_COLUMN
 * @example
 * const source = table([numericColumn('a', [2]), numericColumn('b', [5])]);
 * transform(fitPolynomial(source), source).columns.map((column) => column.name); // => ["a", "b", "a^2", "a*b", "b^2"]
 */
export function fitPolynomial(
  source: Table,
  { degree = 2, interactionOnly = false, columns }: PolynomialOptions & { readonly columns?: readonly string[] } = {},
): Polynomial {
  const factors = selectNumeric(source, columns).map(({ name }) => ({ name }));
  const polynomial: Polynomial = { kind: 'polynomial', degree, interactionOnly, columns: factors };
  const products = productCount(polynomial);
  if (products > MAX_PRODUCTS) {
    throw trainError('TRAIN_PRODUCTS', { degree, columns: factors.length, products, limit: MAX_PRODUCTS });
  }
  return polynomial;
}
