import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Settings } from '../settings/settings.js';

/** How many processes answer; `auto` is one per core that this process may use, also where a container may use few. */
export function workerCount(workers: Settings['workers']): number {
  return workers === 'auto' ? Math.max(1, Math.min(availableParallelism(), quota())) : workers;
}

/** How many cores the control group grants: its time per period, rounded up. */
function quota(): number {
  try {
    return quotaOf(readFileSync('/sys/fs/cgroup/cpu.max', 'utf8'));
  } catch {
    // Not Linux, or control groups of the first version.
    return Infinity;
  }
}

/** @param text Such as `150000 100000`, or `max 100000` where there is no limit. */
export function quotaOf(text: string): number {
  const [time, period] = text.trim().split(' ').map(Number);
  return time > 0 && period > 0 ? Math.ceil(time / period) : Infinity;
}
