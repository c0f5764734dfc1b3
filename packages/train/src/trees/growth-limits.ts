/** What stops a tree from growing. Rows are counted without repeats, as scikit-learn does. */
export interface GrowthLimits {
  /** The longest way from the root to a leaf; Infinity for no limit. */
  readonly maxDepth: number;
  /** A node with fewer rows stays a leaf. */
  readonly minSamplesSplit: number;
  /** No cut leaves fewer rows on a side. */
  readonly minSamplesLeaf: number;
  /** How many features a node may choose from. */
  readonly maxFeatures: number;
  /** Whether a feature is cut at its best threshold (default) or at a random one. */
  readonly thresholds?: 'best' | 'random';
  /** Whether each node's loss is kept, as some prunings need it. */
  readonly keepsLosses?: boolean;
}
