import type { KeyedRandom } from '../keyed-random.js';
import type { Histogram } from './histograms.js';
import type { OpenNode } from './open-node.js';

/** The codes of levels on either side of a cut, ascending. */
interface LevelSides {
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** The best cut found so far; `feature` is -1 while there is none. */
export interface Cut {
  /** How good it is, compared with other cuts of the node only. */
  gain: number;
  feature: number;
  threshold: number;
  /** Which of the node's levels go where, in a cut of a nominal column; undefined where values go by the threshold. */
  levels: LevelSides | undefined;
  /** Where missing values go; undefined when the node has none. */
  missingLeft: boolean | undefined;
}

/** No cut yet. */
export function noCut(): Cut {
  return { gain: -Infinity, feature: -1, threshold: 0, levels: undefined, missingLeft: undefined };
}

/**
 * Whether a cut is better than the best so far, or as good and of a feature that goes before.
 *
 * @param priorities Of each feature its place among those that are as good.
 */
export function isBetter(gain: number, feature: number, best: Cut, priorities: Int32Array): boolean {
  if (gain !== best.gain) return gain > best.gain;
  return best.feature >= 0 && priorities[feature] < priorities[best.feature];
}

/** What a cut may depend on besides a node's rows. */
interface CutContext {
  /** What the node's rows add up to by bin; undefined where that does not pay. */
  readonly histogram: Histogram | undefined;
  /** The tree's randomness, of which the node has the part at `path`. */
  readonly random: KeyedRandom;
  readonly path: number;
  /** The tree's places of the features among those whose cuts are equally good. */
  readonly priorities: Int32Array;
}

/**
 * Finds a node's best cut with enough rows on either side; `feature` is -1 where there is none.
 *
 * @param allowed 1 for each feature that may be cut.
 */
export type FindCut = (node: OpenNode, allowed: Uint8Array, context: CutContext) => Cut;
