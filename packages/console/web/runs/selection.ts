import { signal } from '@preact/signals';

/** The runs that are ticked for comparison; they stay ticked while the list is sorted, filtered and left. */
export const selectedRuns = signal<ReadonlySet<string>>(new Set());

/** Ticks a run, or takes its tick away. */
export function toggleSelected(id: string): void {
  const next = new Set(selectedRuns.value);
  if (!next.delete(id)) next.add(id);
  selectedRuns.value = next;
}

/** Takes all ticks away. */
export function clearSelection(): void {
  selectedRuns.value = new Set();
}
