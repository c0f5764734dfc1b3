const STATUSES: Readonly<Record<string, { readonly sign: string; readonly word: string }>> = {
  RUNNING: { sign: '◐', word: 'Running' },
  SCHEDULED: { sign: '○', word: 'Scheduled' },
  FINISHED: { sign: '✓', word: 'Finished' },
  FAILED: { sign: '✕', word: 'Failed' },
  KILLED: { sign: '■', word: 'Stopped' },
};

/** Where a run stands: a sign and a word, so that colour only helps. */
export function StatusBadge({ status }: { status: string }) {
  const { sign, word } = STATUSES[status] ?? { sign: '?', word: status };
  return (
    <span class={`status ${status.toLowerCase()}`}>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      {word}
    </span>
  );
}
