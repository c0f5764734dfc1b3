/** Of a tree what its answers are: a node with a feature of -1 is a leaf. */
export interface AnsweringTree {
  readonly feature: Int32Array;
  readonly value: Float64Array;
}

/** The leaves of trees by ascending value, of equal values those of earlier trees first; a leaf's place is its rank. */
interface LeafOrder {
  /** For each tree, the rank of each node that is a leaf. */
  readonly ranks: readonly Int32Array[];
  /** By rank: the leaf's value and its tree. */
  readonly values: Float64Array;
  readonly owners: Int32Array;
}

/** Sorted once per list of trees, so that predicting single rows costs no more than looking leaves up. */
const orders = new WeakMap<readonly AnsweringTree[], LeafOrder>();

/**
 * The weighted median of the trees' answers, row by row: the first of the ascending answers at which half of all weight
 * is reached; of equal answers the earlier tree comes first.
 *
 * A row's answers are marked in a set of all leaves' ranks, so that they come out sorted, for as many beginnings of the
 * list of trees as are asked for.
 *
 * @param trees The same list for the same trees: what is sorted is kept by it.
 * @param weights One per tree, at least 0.
 * @param leaves For each tree of the largest count, the leaf of each row.
 * @param counts How many trees have a vote, from 1.
 * @param medians For each count where the answers are written, one per row.
 */
export function weightedMedians(
  trees: readonly AnsweringTree[],
  weights: Float64Array,
  leaves: readonly Int32Array[],
  counts: readonly number[],
  medians: readonly Float64Array[],
): void {
  const order = orders.get(trees) ?? sortLeaves(trees);
  orders.set(trees, order);
  const set = emptySet(order, weights);
  const [{ length: rowCount }] = medians;
  const ascending = Array.from(counts.keys()).sort((a, b) => counts[a] - counts[b]);
  for (let row = 0; row < rowCount; row++) {
    clear(set);
    let marked = 0;
    for (const stage of ascending) {
      mark(set, order.ranks, leaves, row, marked, counts[stage]);
      marked = counts[stage];
      medians[stage][row] = medianOf(set);
    }
  }
}

function sortLeaves(trees: readonly AnsweringTree[]): LeafOrder {
  const answers = trees.map(({ feature, value }) => value.filter((_, node) => feature[node] < 0));
  const sorted = Float64Array.from(answers.flatMap((values) => Array.from(values))).sort();
  const taken = new Int32Array(sorted.length);
  const order = { values: new Float64Array(sorted.length), owners: new Int32Array(sorted.length) };
  const ranks = trees.map(({ feature, value }, tree) =>
    feature.map((at, node) => {
      if (at >= 0) return -1;
      const first = firstNotBelow(sorted, value[node]);
      const rank = first + taken[first]++;
      order.values[rank] = value[node];
      order.owners[rank] = tree;
      return rank;
    }),
  );
  return { ranks, ...order };
}

function firstNotBelow(ascending: Float64Array, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle] < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A set of ranks as bits, with a second layer of bits for the words that are not 0. */
interface RankSet {
  readonly words: Int32Array;
  readonly used: Int32Array;
  readonly values: Float64Array;
  readonly owners: Int32Array;
  readonly weights: Float64Array;
  /** Where the ranks of the set are written one by one, and what weight is reached by each. */
  readonly members: Int32Array;
  readonly reached: Float64Array;
}

function emptySet({ values, owners }: LeafOrder, weights: Float64Array): RankSet {
  const words = new Int32Array((values.length >> 5) + 1);
  const used = new Int32Array((words.length >> 5) + 1);
  const members = new Int32Array(weights.length);
  return { words, used, values, owners, weights, members, reached: new Float64Array(weights.length) };
}

function clear({ words, used }: RankSet): void {
  for (let i = 0; i < used.length; i++) {
    for (let filled = used[i]; filled !== 0; filled &= filled - 1) words[(i << 5) + lowestBit(filled)] = 0;
    used[i] = 0;
  }
}

/** Puts the ranks of a row's answers by the trees from `start` to `end - 1` into the set. */
function mark(
  { words, used }: RankSet,
  ranks: readonly Int32Array[],
  leaves: readonly Int32Array[],
  row: number,
  start: number,
  end: number,
): void {
  for (let tree = start; tree < end; tree++) {
    const rank = ranks[tree][leaves[tree][row]];
    words[rank >> 5] |= 1 << (rank & 31);
    used[rank >> 10] |= 1 << ((rank >> 5) & 31);
  }
}

/** Hot: all trees up to here come by once per row and count. */
function medianOf({ words, used, values, owners, weights, members, reached }: RankSet): number {
  let size = 0;
  let sum = 0;
  for (let i = 0; i < used.length; i++) {
    for (let filled = used[i]; filled !== 0; filled &= filled - 1) {
      const word = (i << 5) + lowestBit(filled);
      for (let bits = words[word]; bits !== 0; bits &= bits - 1) {
        const rank = (word << 5) + lowestBit(bits);
        sum += weights[owners[rank]];
        members[size] = rank;
        reached[size++] = sum;
      }
    }
  }
  let at = 0;
  while (reached[at] < sum / 2) at++;
  return values[members[at]];
}

function lowestBit(bits: number): number {
  return 31 - Math.clz32(bits & -bits);
}
