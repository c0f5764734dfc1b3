import type { ColumnSketch } from './column-sketch.js';
import { namesScore } from './column-words.js';

/** A proposed range and why. A column of one value gets none. */
export interface InferredRange {
  readonly range: { readonly min?: number; readonly max?: number; readonly integer: boolean };
  readonly why: string;
}

/**
 * Proposes the range of a numeric column: the usual scale for scores that lie on one, otherwise what was seen.
 *
 * @param isTarget A target counts as a score whatever its name is.
 */
export function inferRange(sketch: ColumnSketch, isTarget: boolean): InferredRange {
  const { min, max, integer } = sketch;
  const seen = `${integer ? 'whole numbers' : 'numbers'} from ${min} to ${max} were seen`;
  const isScore = isTarget || namesScore(sketch.name);
  if (isScore && min >= 0 && max > 15 && max <= 20) {
    return { range: { min: 0, max: 20, integer }, why: `${seen}, which fits the 0-20 scale` };
  }
  if (isScore && min >= 0 && max > 20 && max <= 100) {
    return { range: { min: 0, max: 100, integer }, why: `${seen}, which fits the 0-100 scale` };
  }
  if (isScore && min >= 0 && max > 100 && max <= 110) {
    return { range: { min: 0, max, integer }, why: `${seen}; scores usually end at 100: check the highest` };
  }
  const range = min < max ? { min, max, integer } : { integer };
  return { range, why: `${seen}, and the range is just that: widen it if others are possible` };
}
