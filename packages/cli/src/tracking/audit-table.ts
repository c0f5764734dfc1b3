import type { ClientAuditEntry } from '@scorecast/track/client';
import { textTable } from '../terminal/text-table.js';
import { timeText } from '../terminal/time-text.js';

/** Lines of the audit log as a table. */
export function auditTable(entries: readonly ClientAuditEntry[]): string {
  const columns = [
    { heading: '#', align: 'right' },
    { heading: 'when (UTC)', align: 'left' },
    { heading: 'who', align: 'left' },
    { heading: 'did', align: 'left' },
    { heading: 'to', align: 'left' },
    { heading: '', align: 'left' },
  ] as const;
  const rows = entries.map((entry) => [
    String(entry.sequence),
    timeText(entry.at),
    entry.actor,
    entry.action,
    entry.subject,
    remark(entry),
  ]);
  return textTable(columns, rows);
}

/** What an entry says in words: which alias came from where, and why. */
function remark({ action, details }: ClientAuditEntry): string {
  const { alias, from, to, reason, refusal } = details;
  const move = action.startsWith('alias.') && to !== undefined ? `${shown(alias)}: ${shown(from)} -> ${shown(to)}` : '';
  return [move, shown(reason, ''), shown(refusal, '')].filter((words) => words !== '').join('; ');
}

function shown(value: unknown, otherwise = 'none'): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}
