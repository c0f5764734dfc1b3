import {
  categoricalColumn,
  defineSchema,
  mersenneTwister,
  numericColumn,
  table,
  type Schema,
  type Table,
} from '@scorecast/core';
import type { TrainingOptions } from '../../src/index.js';

export const sampleSchema: Schema = defineSchema({
  name: 'sample',
  identifiers: [{ name: 'student' }],
  features: [
    { kind: 'numeric', name: 'hours' },
    { kind: 'numeric', name: 'attendance', optional: true },
    { kind: 'nominal', name: 'group', levels: ['A', 'B', 'C'] },
  ],
  target: { name: 'score', min: 0, max: 100 },
});

/** Rows whose score is 40 + 5 hours + a little per group, with normal noise of the given standard deviation. */
export function sampleRows(rowCount: number, { noise = 3, seed = 1 } = {}): { features: Table; target: Float64Array } {
  const random = mersenneTwister(seed);
  const draw = (make: () => number) => Float64Array.from({ length: rowCount }, make);
  const hours = draw(() => random.double() * 10);
  const attendance = draw(() => (random.double() < 0.1 ? Number.NaN : 50 + random.double() * 50));
  const group = Int32Array.from(draw(() => random.boundedInt(2)));
  const target = draw(() => random.normal()).map((error, i) => 40 + 5 * hours[i] + 2 * group[i] + noise * error);
  const columns = [
    numericColumn('hours', hours),
    numericColumn('attendance', attendance),
    categoricalColumn('group', group, ['A', 'B', 'C']),
  ];
  return { features: table(columns), target };
}

/** Options for a training of a second or less, on this thread. */
export function quickTraining(rowCount = 200, changes: Partial<TrainingOptions> = {}): TrainingOptions {
  return {
    schema: sampleSchema,
    ...sampleRows(rowCount),
    dataSha256: 'ab'.repeat(32),
    dataRows: rowCount,
    workers: 1,
    grid: [
      { estimator: 'least-squares' },
      { estimator: 'ridge', params: { alpha: [0.1, 10] } },
      { estimator: 'k-neighbors', params: { nNeighbors: [3, 5] } },
      { estimator: 'random-forest', params: { nEstimators: 5 } },
    ],
    ...changes,
  };
}
