import type { Column, Schema, Table } from '@scorecast/core';
import type { Fold } from '../splits/fold.js';
import { countDuplicateRows } from './duplicate-rows.js';
import { explainedShare } from './explained-share.js';

/** From this share on, a feature all but is the target: |r| above .99, or .98 of its variance. */
const LEAK = 0.98;
/** From this share on, one feature decides nearly everything: |r| of about .9. */
const DOMINANT = 0.8;
/** Fewer rows may all differ by chance. */
const MIN_ROWS_OF_IDENTIFIER = 30;
const IDENTIFIER_NAME = /(?:^|[\s_.-])(?:id|ID|Id|uuid|UUID|guid|GUID)$|[a-z]I[dD]$/;

/**
 * What makes scores look better than they will be: rows on both sides of a split, a feature that all but is the target,
 * an identifier among the features.
 *
 * Features are judged on the training part alone; duplicate rows are looked for in both.
 *
 * @returns One sentence each: what, how much, what to do.
 */
export function leakageWarnings(
  data: { readonly schema: Schema; readonly features: Table; readonly target: Float64Array },
  train: { readonly features: Table; readonly target: Float64Array },
  split: Fold,
): readonly string[] {
  return [
    ...duplicateWarnings(data, split),
    ...train.features.columns.flatMap((column) => featureWarnings(column, train.target, data.schema.target.name)),
  ];
}

function duplicateWarnings(
  data: { readonly features: Table; readonly target: Float64Array },
  split: Fold,
): readonly string[] {
  const { testInTrain, trainRepeats } = countDuplicateRows(data, split);
  if (testInTrain === 0 && trainRepeats === 0) return [];
  return [
    `${testInTrain} test rows (${percent(testInTrain / split.test.length)}) are also in the training part, and ${trainRepeats} training rows ` +
      `(${percent(trainRepeats / split.train.length)}) repeat another: scores are flattered where these are the same case; remove the copies if they are`,
  ];
}

function featureWarnings(column: Column, target: Float64Array, targetName: string): readonly string[] {
  const name = `feature ${JSON.stringify(column.name)}`;
  if (isIdentifier(column)) {
    return [
      `${name} looks like an identifier (${whyIdentifier(column)}): declare it under "identifiers", or leave it out`,
    ];
  }
  const share = explainedShare(column, target);
  if (share > LEAK) {
    return [
      `${name} explains ${percent(share)} of ${JSON.stringify(targetName)} by itself: it may be the target in another form; ` +
        'leave it out unless it is known before',
    ];
  }
  if (share < DOMINANT) return [];
  return [
    `dominant ${name}: it explains ${percent(share)} of ${JSON.stringify(targetName)} by itself; make sure that it is known when predictions are asked for`,
  ];
}

function isIdentifier(column: Column): boolean {
  return hasIdentifierName(column.name) || isNumbered(column);
}

function hasIdentifierName(name: string): boolean {
  return IDENTIFIER_NAME.test(name);
}

function whyIdentifier({ name }: Column): string {
  return hasIdentifierName(name) ? 'by its name' : 'every row has another value';
}

/** Whole numbers of which no two are equal, or levels that nearly all are. */
function isNumbered(column: Column): boolean {
  const values: ArrayLike<number> = column.kind === 'numeric' ? column.values : column.codes;
  const { length } = values;
  if (length < MIN_ROWS_OF_IDENTIFIER) return false;
  if (column.kind === 'numeric' && !column.values.every(Number.isInteger)) return false;
  const distinct = new Set(Array.from(values)).size;
  return column.kind === 'numeric' ? distinct === length : distinct > 0.9 * length;
}

/** A share as people read it; never 0 % or 100 % of what is not. */
function percent(share: number): string {
  const text = (share * 100).toFixed(1);
  return `${text.replace(/\.0$/, '')} %`;
}
