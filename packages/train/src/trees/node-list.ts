import { grownArrays, grownTree } from './grown-arrays.js';
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
  const arrays = grownArrays(capacity);
  const { feature, threshold, left, right, missingLeft, value, cover, rowCounts, losses } = arrays;
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
    grown: () => {
      const { tree, ...rest } = grownTree(arrays, size);
      if (sets.size === 0) return { tree, ...rest };
      return { tree: { ...tree, sets: Array.from({ length: size }, (_, node) => sets.get(node) ?? NO_SET) }, ...rest };
    },
  };
}
