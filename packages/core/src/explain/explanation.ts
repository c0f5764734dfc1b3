/** How a prediction comes about: `base` and all contributions add up to it. */
export interface Explanation {
  /** What is predicted where nothing is known of a row: see {@link Explainer.reference}. */
  readonly base: number;
  /** The model's number, in the target's unit, before it is cut to the target's range. */
  readonly prediction: number;
  /** One per feature, in the schema's order: how far its value moves the prediction away from the base. */
  readonly contributions: Float64Array;
}

/**
 * How contributions are found. `linear`: weights times the distance from the mean. `tree-shap`: Shapley values of the
 * trees' columns by the training rows that went each way. `members`: the weighted sum of those, for a stack.
 * `enumeration`: Shapley values from all combinations of the row's features with those of a typical record.
 */
export type ExplanationMethod = 'linear' | 'tree-shap' | 'members' | 'enumeration';
