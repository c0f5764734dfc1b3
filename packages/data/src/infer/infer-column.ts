import type { FeatureInput } from '@scorecast/core';
import type { ColumnSketch } from './column-sketch.js';
import { namesIdentifier, namesTrait } from './column-words.js';
import { inferRange } from './infer-range.js';
import { knownOrder } from './known-orders.js';

/** What a column is proposed to be, and why. */
export type InferredColumn =
  | { readonly decision: 'feature'; readonly feature: FeatureInput; readonly why: string }
  | { readonly decision: 'identifier' | 'left out'; readonly why: string };

/** More levels than this are taken for free text. */
const MAX_LEVELS = 50;

/** From this many rows on it says something that all values differ. */
const TELLING_ROWS = 10;

/** A column is one of numbers when at least this share of its values are. */
const NUMERIC_SHARE = 0.95;

/** A value in at least this share of the rows is worth a remark. */
const NEARLY_ALL = 0.99;

/** Whether the column is one of numbers, apart from a few odd values. */
export function isNumeric(sketch: ColumnSketch): boolean {
  return sketch.numbers > 0 && sketch.numbers >= NUMERIC_SHARE * sketch.present;
}

/** Proposes what a column that is not the target is. */
export function inferColumn(sketch: ColumnSketch): InferredColumn {
  if (sketch.present === 0) return { decision: 'left out', why: 'it has no value' };
  if (sketch.counts.size === 1) {
    return { decision: 'left out', why: 'it is the same in every row: nothing can be learned' };
  }
  return isNumeric(sketch) ? inferNumeric(sketch) : inferText(sketch);
}

/** Whether the column only tells rows apart, and how that shows; undefined if it does not. */
export function identifierReason(sketch: ColumnSketch): string | undefined {
  if (!sketch.unique || sketch.missing > 0) return undefined;
  if (!isNumeric(sketch)) return sketch.present < TELLING_ROWS ? undefined : 'a different text in every row';
  if (!sketch.integer || sketch.firstOdd !== undefined) return undefined;
  if (namesIdentifier(sketch.name)) return 'a different whole number in every row, and it is named like one';
  return sketch.sequential && sketch.present >= TELLING_ROWS ? 'it numbers the rows' : undefined;
}

function inferNumeric(sketch: ColumnSketch): InferredColumn {
  const reason = identifierReason(sketch);
  if (reason !== undefined) return { decision: 'identifier', why: reason };
  const { range, why } = inferRange(sketch, false);
  const feature: FeatureInput = { kind: 'numeric', name: sketch.name, ...range, ...flags(sketch) };
  return { decision: 'feature', feature, why: [why, oddRemark(sketch), ...remarks(sketch)].filter(Boolean).join('; ') };
}

function inferText(sketch: ColumnSketch): InferredColumn {
  const reason = identifierReason(sketch);
  if (reason !== undefined) return { decision: 'identifier', why: reason };
  const count = sketch.tooMany ? `more than ${sketch.counts.size}` : String(sketch.counts.size);
  if (sketch.tooMany || sketch.counts.size > MAX_LEVELS) {
    return {
      decision: 'left out',
      why: `it has ${count} different texts, too many for levels (at most ${MAX_LEVELS})`,
    };
  }
  const found = Array.from(sketch.counts.keys()).sort();
  const ordered = knownOrder(found);
  const feature: FeatureInput = {
    kind: ordered === undefined ? 'nominal' : 'ordinal',
    name: sketch.name,
    levels: ordered ?? found,
    ...flags(sketch),
  };
  const why =
    ordered === undefined ? `${count} different texts` : `${count} levels in a known order: ${ordered.join(' < ')}`;
  return { decision: 'feature', feature, why: [why, ...remarks(sketch)].join('; ') };
}

function flags(sketch: ColumnSketch) {
  return {
    ...(sketch.missing > 0 ? { optional: true } : {}),
    ...(namesTrait(sketch.name) ? { sensitive: true } : {}),
  };
}

/** What is to be said of values that are no numbers in a column of numbers. */
export function oddRemark(sketch: ColumnSketch): string {
  const odd = sketch.present - sketch.numbers;
  if (sketch.firstOdd === undefined) return '';
  const shown = JSON.stringify(sketch.firstOdd.value.slice(0, 40));
  return `${odd} of ${sketch.present} values are not numbers and will be refused, the first in row ${sketch.firstOdd.row}: ${shown}`;
}

function remarks(sketch: ColumnSketch): readonly string[] {
  const rows = sketch.present + sketch.missing;
  const [value, times] = Array.from(sketch.counts).reduce((most, entry) => (entry[1] > most[1] ? entry : most));
  return [
    ...(sketch.missing > 0 ? [`missing in ${sketch.missing} of ${rows} rows, so it is optional`] : []),
    ...(namesTrait(sketch.name) ? ['named like a protected trait, so it is sensitive'] : []),
    ...(times >= NEARLY_ALL * rows ? [`nearly constant: ${JSON.stringify(value)} in ${times} of ${rows} rows`] : []),
  ];
}
