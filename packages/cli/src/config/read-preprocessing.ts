import type { JsonReader } from '@scorecast/core';
import type { CategoricalFill, NumericFill, PolynomialOptions, PreprocessingOptions } from '@scorecast/train';

/** Reads how columns become numbers; problems are noted in the reader. */
export function readPreprocessing(reader: JsonReader, input: unknown, path: string): PreprocessingOptions {
  const value = reader.object(input, path);
  reader.keys(value, path, ['numericFill', 'categoricalFill', 'scaling', 'polynomial', 'nominal', 'ordinal', 'unseen']);
  const { numericFill, categoricalFill, scaling, polynomial, nominal, ordinal, unseen } = value;
  return {
    ...(numericFill === undefined ? {} : { numericFill: readNumericFill(reader, numericFill, `${path}.numericFill`) }),
    ...(categoricalFill === undefined
      ? {}
      : { categoricalFill: readCategoricalFill(reader, categoricalFill, `${path}.categoricalFill`) }),
    ...(scaling === undefined
      ? {}
      : { scaling: reader.oneOf(scaling, `${path}.scaling`, ['standard', 'min-max', 'none']) }),
    ...(polynomial === undefined ? {} : { polynomial: readPolynomial(reader, polynomial, `${path}.polynomial`) }),
    ...(nominal === undefined ? {} : { nominal: reader.oneOf(nominal, `${path}.nominal`, ['one-hot', 'native']) }),
    ...(ordinal === undefined ? {} : { ordinal: reader.oneOf(ordinal, `${path}.ordinal`, ['one-hot', 'rank']) }),
    ...(unseen === undefined ? {} : { unseen: reader.oneOf(unseen, `${path}.unseen`, ['ignore', 'error']) }),
  };
}

function readNumericFill(reader: JsonReader, value: unknown, path: string): NumericFill {
  if (typeof value !== 'object') return reader.oneOf(value, path, ['median', 'mean', 'most-frequent']);
  return { constant: reader.number(reader.object(value, path)['constant'], `${path}.constant`) };
}

function readCategoricalFill(reader: JsonReader, value: unknown, path: string): CategoricalFill {
  if (typeof value !== 'object') return reader.oneOf(value, path, ['most-frequent']);
  return { constant: reader.string(reader.object(value, path)['constant'], `${path}.constant`) };
}

function readPolynomial(reader: JsonReader, input: unknown, path: string): PolynomialOptions {
  const value = reader.object(input, path);
  reader.keys(value, path, ['degree', 'interactionOnly']);
  const { degree, interactionOnly } = value;
  if (degree !== undefined && degree !== 2 && degree !== 3) reader.note(`${path}.degree`, '2 or 3');
  return {
    ...(degree === undefined ? {} : { degree: degree === 3 ? 3 : 2 }),
    ...(interactionOnly === undefined
      ? {}
      : { interactionOnly: reader.boolean(interactionOnly, `${path}.interactionOnly`) }),
  };
}
