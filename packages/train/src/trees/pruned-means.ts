import { childOf, numericColumns, type Table, type Tree } from '@scorecast/core';
import type { GrownTree } from './grown-tree.js';
import { stoppingNodes, type Pruning } from './prune-tree.js';

/** A forest that begins another one: its first trees, pruned. */
export interface PrunedStage {
  readonly pruning: Pruning;
  /** How many trees it has. */
  readonly count: number;
}

/** Marks a node below a leaf. */
const BELOW = 2;

/** Rows one behind the other, and for each row the sums of what the trees so far answer, one for each pruning. */
interface Sums {
  readonly rowCount: number;
  readonly width: number;
  readonly rows: Float64Array;
  readonly totals: Float64Array;
}

/**
 * The means of what pruned trees answer, all stages in one pass: a row goes down each tree once, whatever the number of
 * prunings. Trees are added in their order, as a model of them does, so that each mean has the same bits.
 *
 * @param trees At least as many as the largest stage has; grown so that each pruning can be cut from them.
 * @returns For each stage, for each table, one mean per row.
 */
export function prunedMeans(
  trees: Iterable<GrownTree>,
  stages: readonly PrunedStage[],
  tables: readonly Table[],
): readonly (readonly Float64Array[])[] {
  const keys = stages.map(({ pruning }) => JSON.stringify(Object.values(pruning)));
  const distinct = [...new Set(keys)].map((key) => stages[keys.indexOf(key)].pruning);
  const slots = keys.map((key) => [...new Set(keys)].indexOf(key));
  const sums = tables.map((source) => emptySums(source, distinct.length));
  const means = stages.map(() => tables.map(({ rowCount }) => new Float64Array(rowCount)));
  let count = 0;
  for (const grown of trees) {
    const answers = leafAnswers(grown, distinct);
    for (const part of sums) addAnswers(grown.tree, answers, distinct.length, part);
    count++;
    for (const [i, stage] of stages.entries()) {
      if (stage.count !== count) continue;
      sums.forEach((part, t) => writeMeans(part, slots[i], distinct.length, count, means[i][t]));
    }
  }
  return means;
}

function emptySums(source: Table, slotCount: number): Sums {
  const columns = numericColumns(source);
  const { rowCount } = source;
  const rows = new Float64Array(rowCount * columns.length);
  columns.forEach(({ values }, j) => {
    for (let i = 0; i < rowCount; i++) rows[i * columns.length + j] = values[i];
  });
  return { rowCount, width: columns.length, rows, totals: new Float64Array(rowCount * slotCount) };
}

/**
 * What a row that ends in a node is given by each pruning, node by node: the value of the first leaf on its way.
 *
 * Hot: every node of every tree comes by once per pruning.
 */
function leafAnswers(grown: GrownTree, prunings: readonly Pruning[]): Float64Array {
  const { feature, left, right, value } = grown.tree;
  const count = prunings.length;
  const stops = prunings.map((pruning) => stoppingNodes(grown, pruning));
  const answers = new Float64Array(feature.length * count);
  for (let k = 0; k < count; k++) {
    const isLeaf = stops[k];
    // A node knows whether a leaf stands above it by what its parent wrote.
    for (let node = 0; node < feature.length; node++) {
      if (isLeaf[node] !== BELOW) answers[node * count + k] = value[node];
      if (feature[node] < 0 || isLeaf[node] === 0) continue;
      isLeaf[left[node]] = isLeaf[right[node]] = BELOW;
      answers[left[node] * count + k] = answers[right[node] * count + k] = answers[node * count + k];
    }
  }
  return answers;
}

/** Hot: every row comes by once per tree. */
function addAnswers(
  tree: Tree,
  answers: Float64Array,
  slotCount: number,
  { rowCount, width, rows, totals }: Sums,
): void {
  const { feature, threshold, left, right, missingLeft, sets } = tree;
  for (let i = 0, row = 0; i < rowCount; i++, row += width) {
    let node = 0;
    for (let at = feature[0]; at >= 0; at = feature[node]) {
      const x = rows[row + at];
      if (sets !== undefined) node = childOf(tree, node, x);
      else if (x <= threshold[node] || (Number.isNaN(x) && missingLeft[node] === 1)) node = left[node];
      else node = right[node];
    }
    for (let k = 0; k < slotCount; k++) totals[i * slotCount + k] += answers[node * slotCount + k];
  }
}

function writeMeans(
  { rowCount, totals }: Sums,
  slot: number,
  slotCount: number,
  count: number,
  means: Float64Array,
): void {
  for (let i = 0; i < rowCount; i++) means[i] = totals[i * slotCount + slot] / count;
}
