import { LEAST_DENSITY } from '../histograms.js';
import type { TreeData } from '../tree-data.js';
import { FIELD_BYTES, PLACE, TASK, TERM, type KernelField } from './kernel-fields.js';

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
      | 'lows'
      | 'highs'
      | 'allowed'
      | 'priorities'
      | 'pool'
      | 'featurePlaces'
      | 'featureBins'
      | 'counts'
      | 'seen'
      | 'cutThreshold'
      | 'unused'
      | 'stack'
      | 'values'
      | 'covers'
      | 'losses'
      | 'rowCounts'
      | 'lefts'
      | 'rights'
      | 'cutFeatures'
      | 'thresholds'
      | 'missingLefts'
    >
  | 'histograms';

/** Lays out the areas for all trees of the data. */
export function kernelAreas({ binned, rowCount, values }: TreeData): KernelAreas {
  const { width, binCount, ranked, digits } = binned;
  const denseRows = Math.ceil((LEAST_DENSITY * binCount) / width);
  // Nodes that wait share no rows.
  const histogramCount = Math.floor(rowCount / denseRows) + 2;
  const nodeCount = 2 * rowCount;
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
    lows: 8 * binCount,
    highs: 8 * binCount,
    allowed: values.length,
    priorities: 4 * values.length,
    pool: 4 * values.length,
    featurePlaces: 4 * values.length,
    featureBins: 4 * values.length,
    counts: TERM.bytes * binCount,
    seen: 8 * Math.ceil(mostBins / 64),
    cutThreshold: 8,
    unused: 4 * histogramCount,
    histograms: TERM.bytes * binCount * histogramCount,
    stack: TASK.bytes * (rowCount + 1),
    values: 8 * nodeCount,
    covers: 8 * nodeCount,
    losses: 8 * nodeCount,
    rowCounts: 4 * nodeCount,
    lefts: 4 * nodeCount,
    rights: 4 * nodeCount,
    cutFeatures: 4 * nodeCount,
    thresholds: 8 * nodeCount,
    missingLefts: nodeCount,
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
