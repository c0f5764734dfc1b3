import type { GateResult } from '@scorecast/track/client';
import { textTable } from '../terminal/text-table.js';

/** How the gates before an alias came out, one per line; nothing where there were none. */
export function gateLines(gates: readonly GateResult[]): readonly string[] {
  if (gates.length === 0) return [];
  const columns = ['gate', 'outcome', 'why'].map((heading) => ({ heading, align: 'left' }) as const);
  const rows = gates.map(({ gate, outcome, why }) => [gate, outcome, why]);
  return textTable(columns, rows).split('\n');
}
