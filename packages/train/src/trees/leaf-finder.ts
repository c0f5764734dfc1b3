import { leafOf, numericColumns, type Table, type Tree } from '@scorecast/core';
import { maskFinder } from './mask-finder.js';
import { rankFinder } from './rank-finder.js';

/** Writes the leaf that each row ends in. */
export type FindLeaves = (tree: Tree, leaves: Int32Array) => void;

/** Up to here all rows of a node fit into a few words, and the masks of a column into little memory. */
const FEW_ROWS = 2048;

/** From here on a node has so few rows that most words of its mask are empty. */
const MASKED_NODES = 64;

/** Made once for few rows, of which the fits of a fold are quick; that of many rows takes as much memory as they do. */
const finders = new WeakMap<Table, { readonly tables: readonly Table[]; readonly find: FindLeaves }[]>();

/** Whether a table has so few rows that the leaves of all trees take little memory. */
export function hasFewRows({ rowCount }: Table): boolean {
  return rowCount <= FEW_ROWS;
}

/** How many rows tables have together. */
export function rowsIn(tables: readonly Table[]): number {
  return tables.reduce((sum, { rowCount }) => sum + rowCount, 0);
}

/**
 * Finds leaves for one tree after another: by masks where rows and nodes are few, else by ranks; both find what
 * `leafOf` does.
 *
 * @param tables Tables of the same columns, whose rows are counted one table after the other; at least one.
 */
export function leafFinder(tables: readonly Table[]): FindLeaves {
  const [first] = tables;
  const kept = finders.get(first) ?? [];
  finders.set(first, kept);
  const known = kept.find(
    (entry) => entry.tables.length === tables.length && entry.tables.every((t, i) => t === tables[i]),
  );
  if (known !== undefined) return known.find;
  const rowCount = rowsIn(tables);
  const find = makeFinder(joinedColumns(tables), rowCount);
  if (rowCount <= FEW_ROWS) kept.push({ tables, find });
  return find;
}

function makeFinder(columns: readonly Float64Array[], rowCount: number): FindLeaves {
  const byMasks = maskFinder(columns, rowCount);
  const byRanks = rankFinder(columns, rowCount);
  return (tree, leaves) => {
    if (tree.sets !== undefined) for (let row = 0; row < rowCount; row++) leaves[row] = leafOf(tree, columns, row);
    else if (rowCount <= FEW_ROWS && tree.feature.length <= MASKED_NODES) byMasks(tree, leaves);
    else byRanks(tree, leaves);
  };
}

function joinedColumns(tables: readonly Table[]): readonly Float64Array[] {
  const [first, ...others] = tables.map((source) => numericColumns(source).map(({ values }) => values));
  if (others.length === 0) return first;
  return first.map((values, j) => {
    const joined = new Float64Array(rowsIn(tables));
    joined.set(values);
    others.reduce((at, columns) => {
      joined.set(columns[j], at);
      return at + columns[j].length;
    }, values.length);
    return joined;
  });
}
