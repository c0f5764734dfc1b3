import { i32, type Code, type Variable } from '../../wasm/wasm-code.js';

/** What the kernel looks up at the beginning of its memory: numbers, and the addresses of its areas. */
export const kernelFields = [
  'rowCount',
  'binCount',
  'maxDepth',
  'minRows',
  'minGrow',
  'minDense',
  'keepsLosses',
  'featureCount',
  'drawCount',
  'seed',
  'weights',
  'targets',
  'terms',
  'bins',
  'rows',
  'scratch',
  'places',
  'lastPlace',
  'features',
  'lows',
  'highs',
  'allowed',
  'priorities',
  'pool',
  'featurePlaces',
  'featureBins',
  'counts',
  'seen',
  'unused',
  'stack',
  'values',
  'covers',
  'losses',
  'rowCounts',
  'lefts',
  'rights',
  'cutFeatures',
  'thresholds',
  'missingLefts',
  'cutPlace',
  'cutLow',
  'cutHigh',
  'cutThreshold',
  'nobody',
] as const;

/** The name of a number or address. */
export type KernelField = (typeof kernelFields)[number];

/** The bytes of all of them. */
export const FIELD_BYTES = 4 * kernelFields.length;

/** Where in the memory it stands. */
export function fieldAddress(field: KernelField): number {
  return 4 * kernelFields.indexOf(field);
}

/** Code for its value. */
export function valueOf(field: KernelField): Code {
  return i32.load(i32.const(0), fieldAddress(field));
}

/** Code that writes it. */
export function setValue(field: KernelField, value: Code): Code {
  return i32.store(i32.const(0), value, fieldAddress(field));
}

/** Code for a feature's place among those whose cuts are equally good. */
export function priorityOf({ get }: Variable): Code {
  return i32.load(i32.add(valueOf('priorities'), i32.shl(get, i32.const(2))));
}

/**
 * A row's term and a bin's count: a tally and, behind it, a sum.
 */
export const TERM = { bytes: 16, sum: 8 } as const;

/**
 * A place: its first bin and the bin after its last, whether its values have an order, how many words have a bit for each
 * bin, where its bin stands in a row, and whether the node at hand may be cut there.
 */
export const PLACE = { bytes: 24, first: 0, end: 4, isRanked: 8, words: 12, offset: 16, isOpen: 20 } as const;

/** A node that waits: its rows, its depth, where its number goes, its histogram, and the fixed point of its sums. */
export const TASK = {
  bytes: 48,
  start: 0,
  end: 4,
  depth: 8,
  link: 12,
  path: 16,
  histogram: 20,
  centre: 24,
  scale: 32,
  extent: 40,
} as const;
