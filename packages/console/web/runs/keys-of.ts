import type { Run } from '../api/runs.js';

/** The keys of the metrics or params of some runs, each once. */
export function keysOf(runs: readonly Run[], kind: 'metrics' | 'params'): readonly string[] {
  const keys = new Set<string>();
  for (const run of runs) for (const key of run[kind].keys()) keys.add(key);
  return [...keys];
}
