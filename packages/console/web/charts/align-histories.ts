import type { Point } from '../api/histories.js';

/** Several histories over one axis of steps; null where a run measured nothing, or no number. */
export interface AlignedHistories {
  readonly steps: readonly number[];
  readonly values: readonly (readonly (number | null)[])[];
}

/** Brings histories to one axis; of several values at a step the last one counts. */
export function alignHistories(histories: readonly (readonly Point[])[]): AlignedHistories {
  const steps = [...new Set(histories.flatMap((points) => points.map(({ step }) => step)))].sort((a, b) => a - b);
  const values = histories.map((points) => {
    const byStep = new Map(points.map(({ step, value }) => [step, value]));
    return steps.map((step) => {
      const value = byStep.get(step);
      return value !== undefined && Number.isFinite(value) ? value : null;
    });
  });
  return { steps, values };
}
