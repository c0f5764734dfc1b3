/**
 * The weighted median of the trees' answers, row by row: the first of the ascending answers at which half of all weight
 * is reached; of equal answers the earlier tree comes first.
 *
 * @param answers For each tree, one answer per row.
 * @param weights One per tree, at least 0.
 * @param medians Where the answers are written, one per row.
 */
export function weightedMedian(answers: readonly Float64Array[], weights: Float64Array, medians: Float64Array): void {
  const order = new Int32Array(answers.length);
  const values = new Float64Array(answers.length);
  for (let row = 0; row < medians.length; row++) {
    // By insertion: there are tens of trees, and neighbours in boosting mostly agree.
    for (let tree = 0; tree < answers.length; tree++) {
      const value = answers[tree][row];
      let at = tree;
      for (; at > 0 && value < values[at - 1]; at--) {
        values[at] = values[at - 1];
        order[at] = order[at - 1];
      }
      values[at] = value;
      order[at] = tree;
    }
    medians[row] = values[halfWay(order, weights)];
  }
}

function halfWay(order: Int32Array, weights: Float64Array): number {
  let total = 0;
  for (const tree of order) total += weights[tree];
  let reached = 0;
  return order.findIndex((tree) => {
    reached += weights[tree];
    return reached >= total / 2;
  });
}
