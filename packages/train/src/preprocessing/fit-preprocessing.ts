import { columnOf, transform, type Column, type FittedTransformer, type Schema, type Table } from '@scorecast/core';
import { fitImputation } from './fit-imputation.js';
import { fitLevelCodes } from './fit-level-codes.js';
import { fitMinMaxScaling } from './fit-min-max-scaling.js';
import { fitOneHot } from './fit-one-hot.js';
import { fitOrdinalEncoding } from './fit-ordinal-encoding.js';
import { fitStandardScaling } from './fit-standard-scaling.js';
import { fitPolynomial } from './fit-polynomial.js';
import type { PreprocessingOptions } from './preprocessing-options.js';

/**
 * Learns the usual way from a table of features to numeric columns without gaps: fill gaps, scale numbers and
 * multiply them where that is asked for, encode levels.
 *
 * Only features that are optional or have gaps here are filled; a step with nothing to do is left out.
 *
 * @param features The training rows' columns of the schema's features.
 * @returns Transformers for `transformAll`, in this order.
 * @throws TRAIN_EMPTY_COLUMN for a column without any value; TRAIN_FILL; TRAIN_PRODUCTS; TRAIN_LEVELS; TABLE_NO_COLUMN
 */
export function fitPreprocessing(
  features: Table,
  schema: Schema,
  options: PreprocessingOptions = {},
): readonly FittedTransformer[] {
  const { numericFill = 'median', categoricalFill = 'most-frequent', ordinal = 'one-hot' } = options;
  const { nominal = 'one-hot' } = options;
  const { scaling = 'standard', polynomial, unseen = 'ignore' } = options;
  const names = (belongs: (feature: Schema['features'][number]) => boolean) =>
    schema.features.filter(belongs).map((feature) => feature.name);

  const numeric = names((feature) => feature.kind === 'numeric');
  const ranked = names((feature) => feature.kind === 'ordinal' && ordinal === 'rank');
  const whole = names((feature) => feature.kind === 'nominal' && nominal === 'native');
  const oneHot = names(({ kind, name }) => kind !== 'numeric' && !ranked.includes(name) && !whole.includes(name));
  const filled = names((feature) => feature.optional || hasGaps(columnOf(features, feature.name)));

  const imputation = fitImputation(features, { numeric: numericFill, categorical: categoricalFill, columns: filled });
  const complete = transform(imputation, features);
  const steps: readonly FittedTransformer[] = [
    imputation,
    scaling === 'min-max'
      ? fitMinMaxScaling(complete, numeric)
      : fitStandardScaling(complete, scaling === 'standard' ? numeric : []),
    fitPolynomial(complete, { ...polynomial, columns: polynomial === undefined ? [] : numeric }),
    fitOrdinalEncoding(complete, ranked),
    fitLevelCodes(complete, { unseen, columns: whole }),
    fitOneHot(complete, { unseen, columns: oneHot }),
  ];
  return steps.filter((step) => step.columns.length > 0);
}

function hasGaps(column: Column): boolean {
  return column.kind === 'numeric' ? column.values.some(Number.isNaN) : column.codes.includes(-1);
}
