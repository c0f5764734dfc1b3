/** The best cut found so far; `feature` is -1 while there is none. */
export interface Cut {
  /** How good it is, compared with other cuts of the node only. */
  gain: number;
  feature: number;
  threshold: number;
  /** Where missing values go; undefined when the node has none. */
  missingLeft: boolean | undefined;
}

/** No cut yet. */
export function noCut(): Cut {
  return { gain: -Infinity, feature: -1, threshold: 0, missingLeft: undefined };
}

/** Whether a cut is better than the best so far, or as good and of an earlier feature. */
export function isBetter(gain: number, feature: number, best: Cut): boolean {
  return gain > best.gain || (gain === best.gain && feature < best.feature);
}
