import type { Finding } from './check.js';

/** Checks that there are as many finite numbers as rows. */
export function expectFinite(predictions: Float64Array, rowCount: number): Finding {
  if (predictions.length !== rowCount) {
    return `it predicted ${predictions.length} numbers from ${rowCount} rows (expected one per row)`;
  }
  const wrong = predictions.findIndex((value) => !Number.isFinite(value));
  return wrong < 0 ? undefined : `it predicted ${predictions[wrong]} for row ${wrong + 1} (expected a finite number)`;
}

/** Checks that two lists of predictions are equal to the last bit. */
export function expectSameBits(how: string, found: Float64Array, expected: Float64Array): Finding {
  const wrong = expected.findIndex((value, i) => !Object.is(value, found[i]));
  return wrong < 0
    ? undefined
    : `row ${wrong + 1} is predicted as ${found[wrong]} ${how} (expected ${expected[wrong]}, the same bits)`;
}
