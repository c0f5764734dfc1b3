import type { UnseenLevels } from '@scorecast/core';
import type { PolynomialOptions } from './fit-polynomial.js';
import type { CategoricalFill, NumericFill } from './fit-imputation.js';

/** The choices of `fitPreprocessing`; plain JSON. */
export interface PreprocessingOptions {
  /** What fills the gaps of numeric features. Default `median`. */
  readonly numericFill?: NumericFill;
  /** What fills the gaps of nominal and ordinal features. Default `most-frequent`. */
  readonly categoricalFill?: CategoricalFill;
  /** How numeric features are scaled. Default `standard`: to mean 0 and standard deviation 1. */
  readonly scaling?: 'standard' | 'min-max' | 'none';
  /**
   * Products of numeric features, after their scaling: of standardised columns they are nearly independent of the columns
   * themselves. Default: none.
   */
  readonly polynomial?: PolynomialOptions;
  /** Whether ordinal features become 0/1 columns, as nominal ones do, or their rank. Default `one-hot`. */
  readonly ordinal?: 'one-hot' | 'rank';
  /**
   * Whether nominal features become 0/1 columns, one per level (`one-hot`, the default), or stay whole for trees, which
   * part their levels by sets (`native`). As an option of a whole search, `native` holds for the candidates that take
   * nominal columns; the others encode one-hot.
   */
  readonly nominal?: 'one-hot' | 'native';
  /**
   * What a level means that did not occur in training: all zeros or, in a column that stays whole, a missing value
   * (`ignore`, the default), or an error.
   */
  readonly unseen?: UnseenLevels;
}
