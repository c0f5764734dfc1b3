import { basename } from 'node:path';
import { parseSchema, type FeatureInput, type Schema } from '@scorecast/core';
import { dataError } from '../data-error.js';
import { openRows } from '../read/open-rows.js';
import type { ReadOptions } from '../read/read-options.js';
import { chooseTarget } from './choose-target.js';
import { ColumnSketch } from './column-sketch.js';
import { inferColumn, oddRemark } from './infer-column.js';
import { inferRange } from './infer-range.js';

/** How a file is read for {@link inferSchema}, and what is already known. */
export interface InferOptions extends Omit<ReadOptions, 'onInvalid'> {
  /** The column to predict. Default: found by name, or the last column of numbers. */
  readonly target?: string;
  /** The schema's name. Default: the file's name without extension. */
  readonly name?: string;
}

/** Why a column is what it is in an inferred schema. */
export interface InferenceReason {
  readonly column: string;
  readonly decision: 'target' | 'numeric' | 'nominal' | 'ordinal' | 'identifier' | 'left out';
  readonly why: string;
}

/** A proposed schema, and a reason for every column of the file. */
export interface InferredSchema {
  readonly schema: Schema;
  readonly reasons: readonly InferenceReason[];
}

/**
 * Reads a whole file and proposes a schema for it, to be looked over by somebody who knows the data.
 *
 * Numbers are numeric even when few of them differ; a few repeated texts are nominal, or ordinal when their order is
 * known; what differs in every row is an identifier. Columns that cannot be learned from are left out.
 *
 * @throws DATA_NO_TARGET, DATA_NO_FEATURES, DATA_NO_ROWS, and others of `dataErrors` for files that cannot be read.
 */
export async function inferSchema(path: string, options: InferOptions = {}): Promise<InferredSchema> {
  const sketches = await sketchColumns(path, options);
  const target = chooseTarget(path, sketches, options.target);
  const features: FeatureInput[] = [];
  const identifiers: { name: string }[] = [];
  const targetRange = inferRange(target.sketch, true);
  const reasons = sketches.map((sketch): InferenceReason => {
    const column = sketch.name;
    if (sketch === target.sketch) {
      const why = [target.why, targetRange.why, oddRemark(sketch), missingRemark(sketch)].filter(Boolean).join('; ');
      return { column, decision: 'target', why };
    }
    const inferred = inferColumn(sketch);
    if (inferred.decision === 'identifier') identifiers.push({ name: column });
    if (inferred.decision !== 'feature') return { column, decision: inferred.decision, why: inferred.why };
    features.push(inferred.feature);
    return { column, decision: inferred.feature.kind, why: inferred.why };
  });
  if (features.length === 0) throw dataError('DATA_NO_FEATURES', { path, target: target.sketch.name });
  const name = options.name ?? nameOf(path);
  const schema = parseSchema({
    name,
    features,
    identifiers,
    target: { name: target.sketch.name, ...targetRange.range },
  });
  return { schema, reasons };
}

async function sketchColumns(path: string, options: InferOptions): Promise<readonly ColumnSketch[]> {
  const source = await openRows(path, { fields: 'all', passedOver: new Set() }, options);
  const sketches = source.names.map((name) => new ColumnSketch(name, source.cells));
  let rowsRead = 0;
  for await (const { rows, values } of source.chunks()) {
    options.signal?.throwIfAborted();
    sketches.forEach((sketch, f) => {
      for (let i = 0; i < rows.length; i++) sketch.add(values[f][i], rows[i]);
    });
    rowsRead += rows.length;
    options.onProgress?.(rowsRead);
  }
  if (rowsRead === 0) throw dataError('DATA_NO_ROWS', { path, rows: source.rowCount });
  return sketches;
}

function missingRemark(sketch: ColumnSketch): string {
  return sketch.missing === 0 ? '' : `missing in ${sketch.missing} rows, which will be refused`;
}

/** A schema's name from a file's: letters, digits, `-` and `_`. */
function nameOf(path: string): string {
  const stem = basename(path).split('.', 1)[0];
  const name = stem
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^[-_]+/, '')
    .slice(0, 64);
  return name === '' ? 'data' : name;
}
