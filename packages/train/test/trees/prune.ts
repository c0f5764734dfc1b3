import type { Tree } from '@scorecast/core';

/** The tree without what hangs below the nodes that `isLeaf` names; nodes keep their order, left before right. */
export function prune(tree: Tree, isLeaf: (node: number, depth: number) => boolean): Tree {
  const kept: { node: number; left: number; right: number; inner: boolean }[] = [];
  const visit = (node: number, depth: number): number => {
    const inner = tree.feature[node] >= 0 && !isLeaf(node, depth);
    const place = kept.push({ node, left: 0, right: 0, inner }) - 1;
    if (inner) {
      kept[place].left = visit(tree.left[node], depth + 1);
      kept[place].right = visit(tree.right[node], depth + 1);
    }
    return place;
  };
  visit(0, 0);
  const at = (values: Float64Array | Uint8Array, leaf?: number) =>
    kept.map(({ node, inner }) => (inner || leaf === undefined ? values[node] : leaf));
  return {
    feature: Int32Array.from(kept, ({ node, inner }) => (inner ? tree.feature[node] : -1)),
    threshold: Float64Array.from(at(tree.threshold, 0)),
    left: Int32Array.from(kept, ({ left }) => left),
    right: Int32Array.from(kept, ({ right }) => right),
    missingLeft: Uint8Array.from(at(tree.missingLeft, 0)),
    value: Float64Array.from(at(tree.value)),
    cover: Float64Array.from(at(tree.cover)),
  };
}
