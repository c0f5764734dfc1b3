import type { JsonReader } from '@scorecast/core';
import type { GridEntry } from '@scorecast/train';
import { readPreprocessing } from './read-preprocessing.js';

/** Reads a grid's shape; names and values of params are checked by the estimators themselves. */
export function readGrid(reader: JsonReader, input: unknown, path: string): readonly GridEntry[] {
  return reader.array(input, path).map((item, i) => {
    const at = `${path}[${i}]`;
    const entry = reader.object(item, at);
    reader.keys(entry, at, ['estimator', 'params', 'preprocessing']);
    const { params, preprocessing } = entry;
    return {
      estimator: reader.string(entry['estimator'], `${at}.estimator`),
      ...(params === undefined ? {} : { params: reader.object(params, `${at}.params`) }),
      ...(preprocessing === undefined
        ? {}
        : { preprocessing: readPreprocessing(reader, preprocessing, `${at}.preprocessing`) }),
    };
  });
}
