import type { GrownTree } from './grown-tree.js';

/** The nodes of a tree under growth, parents before their children. */
export interface NodeList {
  /** Forgets all nodes. */
  clear(): void;
  /** Appends a leaf below `parent` (-1 for the root) and returns its index. */
  add(parent: number, isLeft: boolean, leaf: NewLeaf): number;
  /** Makes a leaf an inner node; its children are added later. */
  cut(node: number, feature: number, split: NewSplit): void;
  /** What has been added so far, in arrays that the next tree overwrites. */
  grown(): GrownTree;
}

const NO_SET = new Int32Array(0);

interface NewLeaf {
  readonly value: number;
  readonly cover: number;
  readonly rowCount: number;
  readonly loss: number;
}

/** How an inner node parts its rows: by a threshold, or by the set of levels that go the other way than missing values. */
interface NewSplit {
  readonly threshold: number;
  readonly missingLeft: boolean;
  readonly set: Int32Array | undefined;
}

/** An empty list for at most `capacity` nodes. */
export function nodeList(capacity: number): NodeList {
  const feature = new Int32Array(capacity);
  const threshold = new Float64Array(capacity);
  const left = new Int32Array(capacity);
  const right = new Int32Array(capacity);
  const missingLeft = new Uint8Array(capacity);
  const value = new Float64Array(capacity);
  const cover = new Float64Array(capacity);
  const rowCounts = new Int32Array(capacity);
  const losses = new Float64Array(capacity);
  const sets = new Map<number, Int32Array>();
  let size = 0;
  return {
    clear: () => {
      size = 0;
      sets.clear();
    },
    add: (parent, isLeft, leaf) => {
      feature[size] = -1;
      threshold[size] = left[size] = right[size] = missingLeft[size] = 0;
      value[size] = leaf.value;
      cover[size] = leaf.cover;
      rowCounts[size] = leaf.rowCount;
      losses[size] = leaf.loss;
      if (parent >= 0) (isLeft ? left : right)[parent] = size;
      return size++;
    },
    cut: (node, chosen, split) => {
      feature[node] = chosen;
      threshold[node] = split.threshold;
      missingLeft[node] = split.missingLeft ? 1 : 0;
      if (split.set !== undefined) sets.set(node, split.set);
    },
    grown: () => ({
      tree: {
        feature: feature.subarray(0, size),
        threshold: threshold.subarray(0, size),
        left: left.subarray(0, size),
        right: right.subarray(0, size),
        missingLeft: missingLeft.subarray(0, size),
        value: value.subarray(0, size),
        cover: cover.subarray(0, size),
        ...(sets.size === 0 ? {} : { sets: Array.from({ length: size }, (_, node) => sets.get(node) ?? NO_SET) }),
      },
      rowCounts: rowCounts.subarray(0, size),
      losses: losses.subarray(0, size),
    }),
  };
}
