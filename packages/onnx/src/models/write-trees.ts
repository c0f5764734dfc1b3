import type { Tree, TreeEnsemble } from '@scorecast/core';
import { byteTensor, doubleTensor, int, ints, ML_DOMAIN, tensor, type Graph } from '../graph/graph.js';
import { writeWeightedMedian } from './write-weighted-median.js';

/** How a node of TreeEnsemble decides, and how leaves are brought together. */
const MODE = { notAbove: 0, member: 6 } as const;
const SUM = 1;

/**
 * Trees as one operator that compares, and adds, in double. A weighted median has an output of its own for each tree.
 */
export function writeTrees(graph: Graph, model: TreeEnsemble, matrix: string): string {
  const isMedian = model.combine === 'weighted-median';
  const list = new NodeList();
  model.trees.forEach((tree, i) => list.addTree(tree, isMedian ? i : 0));
  const answers = graph.add('TreeEnsemble', [matrix], list.attributes(isMedian ? model.trees.length : 1), ML_DOMAIN);
  switch (model.combine) {
    case 'sum':
      return graph.add('Add', [answers, graph.doubles([model.base])]);
    case 'mean':
      return graph.add('Div', [answers, graph.doubles([model.trees.length])]);
    case 'weighted-median':
      return writeWeightedMedian(graph, answers, model.weights);
    default:
      return model satisfies never;
  }
}

/** The inner nodes and the leaves of all trees, in the lists that the operator has. */
class NodeList {
  readonly #roots: number[] = [];
  readonly #features: number[] = [];
  readonly #splits: number[] = [];
  readonly #modes: number[] = [];
  readonly #missingTrue: number[] = [];
  readonly #trueIds: number[] = [];
  readonly #falseIds: number[] = [];
  readonly #isTrueLeaf: number[] = [];
  readonly #isFalseLeaf: number[] = [];
  readonly #members: number[] = [];
  readonly #leafTargets: number[] = [];
  readonly #leafValues: number[] = [];

  addTree(tree: Tree, target: number): void {
    this.#roots.push(this.#features.length);
    const inner = Array.from(tree.feature.keys()).filter((node) => tree.feature[node] >= 0);
    const idOf = new Map(inner.map((node, i) => [node, this.#features.length + i]));
    const child = (node: number) => {
      const id = idOf.get(node);
      return id === undefined ? { id: this.#addLeaf(tree.value[node], target), isLeaf: 1 } : { id, isLeaf: 0 };
    };
    if (inner.length === 0) this.#addStump(tree.value[0], target);
    for (const node of inner) {
      const set = tree.sets?.[node] ?? [];
      const isMissingLeft = tree.missingLeft[node] === 1;
      // Of a set, missing values go with those outside it: its levels then go to the right where missing ones go left.
      const isTurned = set.length > 0 && isMissingLeft;
      const left = child(tree.left[node]);
      const right = child(tree.right[node]);
      this.#features.push(tree.feature[node]);
      this.#modes.push(set.length > 0 ? MODE.member : MODE.notAbove);
      this.#splits.push(set.length > 0 ? 0 : tree.threshold[node]);
      this.#missingTrue.push(set.length === 0 && isMissingLeft ? 1 : 0);
      this.#point(isTurned ? right : left, isTurned ? left : right);
      if (set.length > 0) this.#members.push(...set, Number.NaN);
    }
  }

  attributes(targetCount: number) {
    return {
      n_targets: int(targetCount),
      aggregate_function: int(SUM),
      post_transform: int(0),
      tree_roots: ints(this.#roots),
      nodes_featureids: ints(this.#features),
      nodes_splits: tensor(doubleTensor(this.#splits)),
      nodes_modes: tensor(byteTensor(this.#modes)),
      nodes_missing_value_tracks_true: ints(this.#missingTrue),
      nodes_truenodeids: ints(this.#trueIds),
      nodes_falsenodeids: ints(this.#falseIds),
      nodes_trueleafs: ints(this.#isTrueLeaf),
      nodes_falseleafs: ints(this.#isFalseLeaf),
      leaf_targetids: ints(this.#leafTargets),
      leaf_weights: tensor(doubleTensor(this.#leafValues)),
      ...(this.#members.length === 0 ? {} : { membership_values: tensor(doubleTensor(this.#members)) }),
    };
  }

  /** A tree of a single leaf: the operator wants a node, and both of its branches give the same. */
  #addStump(value: number, target: number): void {
    this.#features.push(0);
    this.#modes.push(MODE.notAbove);
    this.#splits.push(0);
    this.#missingTrue.push(0);
    // A leaf each, since onnxruntime confuses the trees that follow where both branches share one.
    this.#point({ id: this.#addLeaf(value, target), isLeaf: 1 }, { id: this.#addLeaf(value, target), isLeaf: 1 });
  }

  #point(whereTrue: Child, whereFalse: Child): void {
    this.#trueIds.push(whereTrue.id);
    this.#isTrueLeaf.push(whereTrue.isLeaf);
    this.#falseIds.push(whereFalse.id);
    this.#isFalseLeaf.push(whereFalse.isLeaf);
  }

  #addLeaf(value: number, target: number): number {
    this.#leafValues.push(value);
    return this.#leafTargets.push(target) - 1;
  }
}

interface Child {
  readonly id: number;
  readonly isLeaf: number;
}
