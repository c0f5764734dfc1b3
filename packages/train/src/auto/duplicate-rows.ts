import type { Table } from '@scorecast/core';

/** How often the rows of one part also stand in the other. */
export interface DuplicateRows {
  /** Test rows that equal a training row in every feature and the target. */
  readonly testInTrain: number;
  /** Training rows that equal an earlier training row: in cross-validation they can stand on both sides. */
  readonly trainRepeats: number;
}

/** Counts rows that occur more than once, by a hash of 52 bits of all their cells. */
export function countDuplicateRows(
  { features, target }: { readonly features: Table; readonly target: Float64Array },
  split: { readonly train: Int32Array; readonly test: Int32Array },
): DuplicateRows {
  const keys = rowKeys(features, target);
  const trained = new Set<number>();
  let trainRepeats = 0;
  for (const row of split.train) {
    if (trained.has(keys[row])) trainRepeats++;
    trained.add(keys[row]);
  }
  const testInTrain = split.test.filter((row) => trained.has(keys[row])).length;
  return { testInTrain, trainRepeats };
}

/** One number per row; equal rows have equal numbers, and different ones in all likelihood different numbers. */
function rowKeys(features: Table, target: Float64Array): Float64Array {
  const columns = [
    ...features.columns.map((column) => Float64Array.from(column.kind === 'numeric' ? column.values : column.codes)),
    target,
  ];
  const bits = columns.map((values) => new Int32Array(values.buffer, values.byteOffset, values.length * 2));
  const keys = new Float64Array(target.length);
  for (let row = 0; row < keys.length; row++) {
    let high = 0x2545f491;
    let low = 0x9e3779b9;
    for (const words of bits) {
      high = mix(high ^ words[2 * row], words[2 * row + 1]);
      low = mix(low ^ words[2 * row + 1], words[2 * row] ^ high);
    }
    keys[row] = (high >>> 6) * 2 ** 26 + (low >>> 6);
  }
  return keys;
}

/** Two rounds of MurmurHash3's mixing (A. Appleby, public domain). */
function mix(state: number, word: number): number {
  let h = Math.imul(state ^ Math.imul(word, 0xcc9e2d51), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
