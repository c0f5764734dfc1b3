import { LEAST_DENSITY } from '../histograms.js';
import type { TreeData } from '../tree-data.js';
import { FIELD_BYTES, NODE, PLACE, TASK, TERM, type KernelField } from './kernel-fields.js';

/** Where in the memory everything stands. */
export interface KernelAreas {
  readonly address: Readonly<Record<KernelArea, number>>;
  /** The bytes of all. */
  readonly bytes: number;
  /** How many histograms there is room for. */
  readonly histogramCount: number;
  /** The fewest rows of a node that has a histogram. */
  readonly denseRows: number;
}

/** Areas that begin where a field says, and the histograms. */
type KernelArea =
  | Extract<
      KernelField,
      | 'weights'
      | 'targets'
      | 'terms'
      | 'bins'
      | 'rows'
      | 'scratch'
      | 'places'
      | 'features'
      | 'allowed'
      | 'counts'
      | 'seen'
      | 'unused'
      | 'stack'
      | 'nodes'
    >
  | 'histograms';

/** Lays out the areas for all trees of the data. */
export function kernelAreas({ binned, rowCount, values }: TreeData): KernelAreas {
  const { width, binCount, ranked, digits } = binned;
  const denseRows = Math.ceil((LEAST_DENSITY * binCount) / width);
  // Nodes that wait share no rows.
  const histogramCount = Math.floor(rowCount / denseRows) + 2;
  const mostBins = [...ranked, ...digits].reduce((most, column) => Math.max(most, column.values.length), 0);
  const sizes: Readonly<Record<KernelArea, number>> = {
    weights: 8 * rowCount,
    targets: 8 * rowCount,
    terms: TERM.bytes * rowCount,
    bins: 2 * width * rowCount,
    rows: 4 * rowCount,
    scratch: 4 * rowCount,
    places: PLACE.bytes * width,
    features: 4 * binCount,
    allowed: values.length,
    counts: TERM.bytes * binCount,
    seen: 8 * Math.ceil(mostBins / 64),
    unused: 4 * histogramCount,
    histograms: TERM.bytes * binCount * histogramCount,
    stack: TASK.bytes * (rowCount + 1),
    nodes: NODE.bytes * 2 * rowCount,
  };
  const address = { ...sizes };
  let bytes = aligned(FIELD_BYTES);
  for (const [area, size] of Object.entries(sizes)) {
    Object.assign(address, { [area]: bytes });
    bytes += aligned(size);
  }
  return { address, bytes, histogramCount, denseRows };
}

function aligned(bytes: number): number {
  return 16 * Math.ceil(bytes / 16);
}
