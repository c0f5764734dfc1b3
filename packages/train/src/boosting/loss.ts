/**
 * What boosting makes small. All of it is a function of the residuals `target - prediction`: how the loss falls fastest,
 * and which constant is best for the rows of a leaf.
 */
export interface Loss {
  /** The best constant for these targets, before there is a tree. */
  base(this: void, targets: Float64Array): number;
  /** What a tree learns: for each residual the negative gradient, written to `gradients`. */
  descend(this: void, residuals: Float64Array, gradients: Float64Array): void;
  /**
   * The best constant for the residuals of a leaf's rows, after `descend` saw all residuals. Undefined where that is the
   * mean gradient, which the tree knows already.
   */
  readonly leafValue: ((this: void, residuals: Float64Array) => number) | undefined;
  /** The negative gradients of targets above (or at) and below the prediction, where there are only these two. */
  readonly signs?: { readonly above: number; readonly below: number };
}
