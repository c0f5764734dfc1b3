import type { Cut } from './cut.js';
import type { OpenNode } from './open-node.js';

/** What stays the same during the search of one node, and the best cut so far. */
export interface CutSearch {
  readonly node: OpenNode;
  readonly minRows: number;
  readonly isPoisson: boolean;
  /** The places of the features among those whose cuts are equally good. */
  readonly priorities: Int32Array;
  readonly cut: Cut;
}
