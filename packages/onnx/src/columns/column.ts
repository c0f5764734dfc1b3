import type { Graph } from '../graph/graph.js';
import { int } from '../graph/graph.js';
import { onnxError } from '../onnx-error.js';

/** A column of numbers: one column of a tensor of rows and columns. */
interface NumberColumn {
  readonly kind: 'numeric';
  readonly name: string;
  readonly block: string;
  /** Which column of the block it is, of how many. */
  readonly at: number;
  readonly width: number;
}

/** A column of levels: a list of codes, and what each of them means. */
export interface LevelColumn {
  readonly kind: 'categorical';
  readonly name: string;
  readonly codes: string;
  /** By code: a level, or undefined for a missing one. */
  readonly meanings: readonly (string | undefined)[];
}

/** A column as it flows through a graph. */
export type GraphColumn = NumberColumn | LevelColumn;

/** The columns of a tensor, under these names. */
export function columnsOf(block: string, names: readonly string[]): readonly NumberColumn[] {
  return names.map((name, at) => ({ kind: 'numeric', name, block, at, width: names.length }));
}

/** Brings columns of numbers together in one tensor, in this order. */
export function matrixOf(graph: Graph, columns: readonly GraphColumn[]): string {
  const numbers = columns.map((column) => {
    if (column.kind === 'numeric') return column;
    throw onnxError('ONNX_NOT_ENCODED', { column: column.name });
  });
  const widths = new Map(numbers.map(({ block, width }) => [block, width]));
  const blocks = [...widths.keys()];
  const starts = new Map<string, number>();
  let width = 0;
  for (const [block, columnCount] of widths) {
    starts.set(block, width);
    width += columnCount;
  }
  const joined = blocks.length === 1 ? blocks[0] : graph.add('Concat', blocks, { axis: int(1) });
  const places = numbers.map(({ block, at }) => (starts.get(block) ?? 0) + at);
  const isInOrder = places.length === width && places.every((place, i) => place === i);
  return isInOrder ? joined : graph.add('Gather', [joined, graph.integers(places)], { axis: int(1) });
}

/** Changes all columns of numbers by one operation on their tensor; columns of levels stay, each in its place. */
export function mapNumbers(
  graph: Graph,
  columns: readonly GraphColumn[],
  change: (matrix: string, names: readonly string[]) => string,
): readonly GraphColumn[] {
  const numbers = columns.filter((column) => column.kind === 'numeric');
  if (numbers.length === 0) return columns;
  const names = numbers.map(({ name }) => name);
  const changed = columnsOf(change(matrixOf(graph, numbers), names), names);
  let next = 0;
  return columns.map((column) => (column.kind === 'numeric' ? changed[next++] : column));
}

/** Looks up, for each row's code, a row of numbers. */
export function lookUp(graph: Graph, codes: string, rows: readonly (readonly number[])[]): string {
  const table = graph.doubles(rows.flat(), [rows.length, rows[0].length]);
  return graph.add('Gather', [table, codes], { axis: int(0) });
}
