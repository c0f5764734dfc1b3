import { closestName } from '@scorecast/core';
import { dataError } from '../data-error.js';
import type { ColumnSketch } from './column-sketch.js';
import { namesScore } from './column-words.js';
import { identifierReason, isNumeric } from './infer-column.js';

/** Names of targets in small letters without blanks and signs, the most telling first. */
const TARGET_NAMES = [
  'target',
  'y',
  'mathscore',
  'g3',
  'examscore',
  'finalscore',
  'finalgrade',
  'totalscore',
  'performanceindex',
  'score',
  'grade',
  'result',
  'gpa',
];

/** The column to predict, and why. */
export interface ChosenTarget {
  readonly sketch: ColumnSketch;
  readonly why: string;
}

/**
 * Chooses the target among columns: the named one, or one that is named like a target, or the last score, or the last number.
 *
 * @throws DATA_NO_TARGET
 */
export function chooseTarget(
  path: string,
  sketches: readonly ColumnSketch[],
  target: string | undefined,
): ChosenTarget {
  const able = sketches.filter((sketch) => isNumeric(sketch) && sketch.min < sketch.max);
  if (target !== undefined) {
    const named = able.find((sketch) => sketch.name === target);
    if (named !== undefined) return { sketch: named, why: 'it was asked for' };
    throw noTarget(path, sketches, target, able);
  }
  for (const name of TARGET_NAMES) {
    const sketch = able.find((candidate) => plainName(candidate.name) === name);
    if (sketch !== undefined) return { sketch, why: 'it is named like what is usually predicted' };
  }
  const candidates = able.filter((sketch) => identifierReason(sketch) === undefined);
  const score = candidates.findLast((candidate) => namesScore(candidate.name));
  if (score !== undefined) return { sketch: score, why: 'it is the last column that is named like a score' };
  const last = candidates.at(-1);
  if (last !== undefined) {
    return { sketch: last, why: 'it is the last column of numbers; name another if it is not meant' };
  }
  throw noTarget(path, sketches, undefined, able);
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function noTarget(
  path: string,
  sketches: readonly ColumnSketch[],
  target: string | undefined,
  able: readonly ColumnSketch[],
) {
  const meant =
    target === undefined
      ? undefined
      : closestName(
          target,
          able.map((sketch) => sketch.name),
        );
  return dataError('DATA_NO_TARGET', { path, target, columns: sketches.map((sketch) => sketch.name), meant });
}
