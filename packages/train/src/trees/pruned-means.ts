import type { Table } from '@scorecast/core';
import type { GrownTree } from './grown-tree.js';
import { leafFinder, rowsIn } from './leaf-finder.js';
import { isLimitOnly, stoppingNodes, type Pruning } from './prune-tree.js';

/** A forest that begins another one: its first trees, pruned. */
export interface PrunedStage {
  readonly pruning: Pruning;
  /** How many trees it has. */
  readonly count: number;
}

/** What the rows of all tables were answered so far. */
interface Sums {
  /** For each row one sum for each pruning. */
  readonly totals: Float64Array;
  /** The leaf of each row in the tree at hand. */
  readonly leaves: Int32Array;
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
  const slots = [...new Set(keys)];
  const prunings = slots.map((key) => stages[keys.indexOf(key)].pruning);
  const findLeaves = leafFinder(tables);
  const rowCount = rowsIn(tables);
  const sums = { totals: new Float64Array(rowCount * slots.length), leaves: new Int32Array(rowCount) };
  const means = stages.map((): readonly Float64Array[] => []);
  const answers = answerSheet(prunings);
  let count = 0;
  for (const grown of trees) {
    findLeaves(grown.tree, sums.leaves);
    addAnswers(answers(grown), slots.length, sums);
    count++;
    for (const [i, stage] of stages.entries()) {
      if (stage.count === count) means[i] = readMeans(sums, slots.indexOf(keys[i]), slots.length, count, tables);
    }
  }
  return means;
}

/**
 * What a row that ends in a leaf is given by each pruning, node by node: the value of the first node on its way that the
 * pruning makes a leaf. Valid until the next tree.
 */
function answerSheet(prunings: readonly Pruning[]): (grown: GrownTree) => Float64Array {
  const slotCount = prunings.length;
  const deepest = Float64Array.from(prunings, ({ maxDepth }) => maxDepth);
  const fewest = Float64Array.from(prunings, ({ minSamplesSplit }) => minSamplesSplit);
  let answers = new Float64Array(0);
  let depths = new Int32Array(0);
  return (grown) => {
    const { feature, left, right, value } = grown.tree;
    if (depths.length < feature.length) {
      depths = new Int32Array(2 * feature.length);
      answers = new Float64Array(depths.length * slotCount);
    }
    const stops = prunings.map((pruning) => (isLimitOnly(pruning) ? undefined : stoppingNodes(grown, pruning)));
    // NaN says that no node above has an answer.
    answers.fill(Number.NaN, 0, slotCount);
    // Hot: every node of every tree comes by once per pruning, children after their parent.
    for (let node = 0, at = 0; node < feature.length; node++, at += slotCount) {
      const isLeaf = feature[node] < 0;
      const toLeft = left[node] * slotCount;
      const toRight = right[node] * slotCount;
      const depth = depths[node];
      const rowCount = grown.rowCounts[node];
      for (let k = 0; k < slotCount; k++) {
        let answer = answers[at + k];
        const isOpen = Number.isNaN(answer);
        if (isOpen && (isLeaf || depth >= deepest[k] || rowCount < fewest[k] || stops[k]?.[node] === 1)) {
          answer = value[node];
        }
        if (isLeaf) {
          answers[at + k] = answer;
        } else {
          answers[toLeft + k] = answer;
          answers[toRight + k] = answer;
        }
      }
      if (!isLeaf) depths[left[node]] = depths[right[node]] = depth + 1;
    }
    return answers;
  };
}

/** Hot: every row comes by once per tree and pruning. */
function addAnswers(answers: Float64Array, slotCount: number, { totals, leaves }: Sums): void {
  for (let row = 0, to = 0; row < leaves.length; row++, to += slotCount) {
    const from = leaves[row] * slotCount;
    for (let k = 0; k < slotCount; k++) totals[to + k] += answers[from + k];
  }
}

function readMeans(
  { totals }: Sums,
  slot: number,
  slotCount: number,
  count: number,
  tables: readonly Table[],
): readonly Float64Array[] {
  let at = slot;
  return tables.map(({ rowCount }) => {
    const means = new Float64Array(rowCount);
    for (let row = 0; row < rowCount; row++, at += slotCount) means[row] = totals[at] / count;
    return means;
  });
}
