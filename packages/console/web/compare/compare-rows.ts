/** One line of a comparison. */
export interface CompareRow<T> {
  readonly key: string;
  /** In the order of the runs; undefined where a run has nothing under the key. */
  readonly values: readonly (T | undefined)[];
  readonly differs: boolean;
}

/** Lays what several runs have under the same keys side by side. */
export function compareRows<T>(runs: readonly ReadonlyMap<string, T>[]): readonly CompareRow<T>[] {
  const keys = [...new Set(runs.flatMap((run) => [...run.keys()]))].sort((a, b) => a.localeCompare(b));
  return keys.map((key) => {
    const values = runs.map((run) => run.get(key));
    // Two that are not a number are the same here.
    return { key, values, differs: values.some((value) => !Object.is(value, values[0])) };
  });
}
