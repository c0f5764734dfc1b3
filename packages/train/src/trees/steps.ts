import type { BinRange, BinnedColumns } from './binned-columns.js';
import type { NodeRows } from './open-node.js';
import type { Sample } from './sample.js';
import type { TreeData } from './tree-data.js';

/** The different values of a column in a node, ascending, and what the rows of each add up to. */
export interface Steps {
  /** How many values there are. */
  size: number;
  readonly values: Float64Array;
  readonly tallies: Float64Array;
  readonly sums: Float64Array;
  /** The rows without a value. */
  missingTally: number;
  missingSum: number;
}

/** The ways to steps. All write to the same ones, which are valid until the next. */
export interface StepReader {
  /** From a node's histogram: every bin of the column comes by. */
  ofHistogram(range: BinRange, histogram: Float64Array): Steps;
  /** From the rows and their bins: best where there are more bins than rows. */
  ofRows(range: BinRange, node: NodeRows): Steps;
}

/** Reads steps of the sample. */
export function stepReader({ binned }: TreeData, sample: Sample): StepReader {
  const longest = mostBins(binned);
  const steps: Steps = {
    size: 0,
    values: new Float64Array(longest),
    tallies: new Float64Array(longest),
    sums: new Float64Array(longest),
    missingTally: 0,
    missingSum: 0,
  };
  const counter = rowCounter(binned, sample);
  return {
    ofHistogram: (range, histogram) => {
      readHistogram(steps, range, histogram);
      return steps;
    },
    ofRows: (range, node) => {
      counter(steps, range, node);
      return steps;
    },
  };
}

function mostBins({ ranked, digits }: BinnedColumns): number {
  return [...ranked, ...digits].reduce((most, { values }) => Math.max(most, values.length + 1), 0);
}

/** Hot: every bin of every large node comes by once. */
function readHistogram(steps: Steps, { first, values }: BinRange, histogram: Float64Array): void {
  let size = 0;
  for (let bin = 0; bin < values.length; bin++) {
    const at = 2 * (first + bin);
    const tally = histogram[at];
    if (tally === 0) continue;
    steps.values[size] = values[bin];
    steps.tallies[size] = tally;
    steps.sums[size] = histogram[at + 1];
    size++;
  }
  const missing = 2 * (first + values.length);
  steps.size = size;
  steps.missingTally = histogram[missing];
  steps.missingSum = histogram[missing + 1];
}

/** Adds up rows by bin in a place of its own, with a bit for each bin that came by. */
function rowCounter({ bins, width, ...columns }: BinnedColumns, { rows, tallies, sums }: Sample) {
  const count = mostBins({ bins, width, ...columns });
  const histogram = new Float64Array(2 * count);
  const seen = new Int32Array((count + 31) >> 5);
  return (steps: Steps, { place, first, values }: BinRange, { start, end }: NodeRows) => {
    // Hot: every row of every small node comes by once per column.
    for (let i = start; i < end; i++) {
      const row = rows[i];
      const bin = bins[row * width + place] - first;
      histogram[2 * bin] += tallies[row];
      histogram[2 * bin + 1] += sums[row];
      seen[bin >> 5] |= 1 << bin;
    }
    const missing = 2 * values.length;
    steps.missingTally = histogram[missing];
    steps.missingSum = histogram[missing + 1];
    let size = 0;
    for (let word = 0; word <= values.length >> 5; word++) {
      let bits = seen[word];
      if (bits === 0) continue;
      seen[word] = 0;
      for (; bits !== 0; bits &= bits - 1) {
        const bin = (word << 5) + 31 - Math.clz32(bits & -bits);
        steps.values[size] = values[bin];
        steps.tallies[size] = histogram[2 * bin];
        steps.sums[size] = histogram[2 * bin + 1];
        histogram[2 * bin] = histogram[2 * bin + 1] = 0;
        size++;
      }
    }
    // The missing bin is the last that can have been seen; it is no step.
    if (steps.missingTally > 0) size--;
    steps.size = size;
  };
}
