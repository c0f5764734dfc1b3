/**
 * The value that stands at this index when the values are sorted, found without sorting all of them.
 *
 * Source: C. A. R. Hoare, "Algorithm 65: find", Communications of the ACM 4 (1961).
 *
 * @param values Numbers; they are reordered so that none before the index is larger, and none after it is smaller.
 */
export function selectRank(values: Float64Array, rank: number): number {
  let first = 0;
  let last = values.length - 1;
  // Halves on average; where bad luck leaves too much too often, the rest is sorted.
  for (let rounds = 3 * Math.ceil(Math.log2(values.length + 1)); first < last; rounds--) {
    if (rounds === 0) {
      values.subarray(first, last + 1).sort();
      break;
    }
    const pivot = middle(values[first], values[(first + last) >>> 1], values[last]);
    let left = first;
    let right = last;
    while (left <= right) {
      while (values[left] < pivot) left++;
      while (values[right] > pivot) right--;
      if (left > right) break;
      const swapped = values[left];
      values[left++] = values[right];
      values[right--] = swapped;
    }
    if (rank <= right) last = right;
    else if (rank >= left) first = left;
    else break;
  }
  return values[rank];
}

function middle(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
