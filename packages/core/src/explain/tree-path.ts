/**
 * The columns that were asked on the way down a tree, as TreeSHAP keeps them: of each, which share of the training rows
 * went the same way (`zero`), whether the row does (`one`), and how much of all subsets of the path of each size flows
 * here (`weight`). Entry 0 stands for no column.
 *
 * Source: S. Lundberg, G. Erion, S.-I. Lee, "Consistent individualized feature attribution for tree ensembles", 2018,
 * algorithm 2 (EXTEND, UNWIND).
 */
export class TreePath {
  length = 0;
  readonly column: Int32Array;
  readonly zero: Float64Array;
  readonly one: Float64Array;
  readonly weight: Float64Array;

  /** @param capacity One more than the columns that a path can have. */
  constructor(capacity: number) {
    this.column = new Int32Array(capacity);
    this.zero = new Float64Array(capacity);
    this.one = new Float64Array(capacity);
    this.weight = new Float64Array(capacity);
  }

  copyFrom(other: TreePath): void {
    const { length } = other;
    this.length = length;
    for (let i = 0; i < length; i++) {
      this.column[i] = other.column[i];
      this.zero[i] = other.zero[i];
      this.one[i] = other.one[i];
      this.weight[i] = other.weight[i];
    }
  }

  /** Puts a column behind the others: every subset so far goes on without it and with it. */
  extend(column: number, zero: number, one: number): void {
    const { weight, length: last } = this;
    this.column[last] = column;
    this.zero[last] = zero;
    this.one[last] = one;
    weight[last] = last === 0 ? 1 : 0;
    for (let i = last - 1; i >= 0; i--) {
      weight[i + 1] += (one * weight[i] * (i + 1)) / (last + 1);
      weight[i] = (zero * weight[i] * (last - i)) / (last + 1);
    }
    this.length = last + 1;
  }

  /** Takes entry `at` out again, as if it had never been there. */
  unwind(at: number): void {
    const { weight, length } = this;
    const last = length - 1;
    const zero = this.zero[at];
    const one = this.one[at];
    let next = weight[last];
    for (let i = last - 1; i >= 0; i--) {
      if (one === 0) {
        weight[i] = zero === 0 ? 0 : (weight[i] * length) / (zero * (last - i));
      } else {
        const before = weight[i];
        weight[i] = (next * length) / ((i + 1) * one);
        next = before - (weight[i] * zero * (last - i)) / length;
      }
    }
    for (let i = at; i < last; i++) {
      this.column[i] = this.column[i + 1];
      this.zero[i] = this.zero[i + 1];
      this.one[i] = this.one[i + 1];
    }
    this.length = last;
  }

  /** The sum of the weights that would be there without entry `at`; nothing changes. Hot: once per column and leaf. */
  unwoundSum(at: number): number {
    const { weight, length } = this;
    const last = length - 1;
    const zero = this.zero[at];
    const one = this.one[at];
    let next = weight[last];
    let sum = 0;
    for (let i = last - 1; i >= 0; i--) {
      if (one === 0) {
        if (zero !== 0) sum += (weight[i] * length) / (zero * (last - i));
      } else {
        const removed = (next * length) / ((i + 1) * one);
        sum += removed;
        next = weight[i] - (removed * zero * (last - i)) / length;
      }
    }
    return sum;
  }

  indexOf(column: number): number {
    for (let i = 1; i < this.length; i++) if (this.column[i] === column) return i;
    return -1;
  }
}
