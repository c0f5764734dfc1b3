import type { Table } from '../table/table.js';
import { encodeLevels, type LevelCodes } from './level-codes.js';
import { encodeOneHot, type OneHot } from './one-hot.js';
import { encodeOrdinal, type OrdinalEncoding } from './ordinal-encoding.js';
import { fillMissing, type Imputation } from './imputation.js';
import { appendProducts, type Polynomial } from './polynomial.js';
import { rescale, type Scaling } from './scaling.js';

/** A fitted transformer: plain data, learned from training rows. */
export type FittedTransformer = Imputation | Scaling | Polynomial | OneHot | OrdinalEncoding | LevelCodes;

/**
 * Applies one fitted transformer. Columns that it does not name pass through unchanged, in their place.
 *
 * @throws TRANSFORM_UNSEEN_LEVEL where the policy of an encoding is `error`.
 */
export function transform(transformer: FittedTransformer, source: Table): Table {
  switch (transformer.kind) {
    case 'imputation':
      return fillMissing(transformer, source);
    case 'scaling':
      return rescale(transformer, source);
    case 'polynomial':
      return appendProducts(transformer, source);
    case 'one-hot':
      return encodeOneHot(transformer, source);
    case 'ordinal-encoding':
      return encodeOrdinal(transformer, source);
    case 'level-codes':
      return encodeLevels(transformer, source);
    default:
      return transformer satisfies never;
  }
}

/** Applies fitted transformers one after another. */
export function transformAll(transformers: readonly FittedTransformer[], source: Table): Table {
  return transformers.reduce((current, transformer) => transform(transformer, current), source);
}
