import { closestName, errorFactory } from '@scorecast/core';

/** The errors of sample data. */
export const sampleErrors = {
  SAMPLE_UNKNOWN: {
    status: 400,
    exitCode: 2,
    message: (d: { name: string; known: readonly string[] }) => {
      const closest = closestName(d.name, d.known);
      const hint = closest === undefined ? '' : `; did you mean ${JSON.stringify(closest)}?`;
      return `there is no sample ${JSON.stringify(d.name)} (expected ${d.known.join(' or ')}${hint})`;
    },
  },
  SAMPLE_ROWS: {
    status: 400,
    exitCode: 2,
    message: (d: { rows: number }) => `a sample of ${d.rows} rows cannot be made (expected a whole number from 1)`,
  },
};

export const sampleError = errorFactory(sampleErrors);
