/**
 * Whether a set has the code of a level.
 *
 * @param set Codes, ascending.
 * @param code NaN, a missing level, is in no set.
 */
export function hasLevel(set: Int32Array, code: number): boolean {
  let low = 0;
  let high = set.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (set[middle] < code) low = middle + 1;
    else high = middle;
  }
  return low < set.length && set[low] === code;
}
