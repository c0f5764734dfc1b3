import { useEffect, useState } from 'preact/hooks';
import { getAudit, verifyAudit, type AuditPage } from '../api/registry.js';
import { formatTime } from '../format/time.js';
import { ErrorNotice } from '../parts/notice.js';
import { auditReason, auditWords } from './audit-words.js';

/** Everything that was done to a model, the newest first. */
export function AuditHistory({ name, first }: { name: string; first: AuditPage }) {
  const [page, setPage] = useState(first);
  const [error, setError] = useState<unknown>(undefined);
  useEffect(() => setPage(first), [first]);
  const { entries, nextBefore } = page;
  const loadOlder = async () => {
    try {
      const older = await getAudit(name, nextBefore);
      setPage({ entries: [...entries, ...older.entries], nextBefore: older.nextBefore });
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      <ol class="log">
        {entries.map((entry) => {
          const reason = auditReason(entry);
          return (
            <li key={entry.sequence}>
              <span class="hint">{formatTime(entry.at)}</span>
              <span>
                <strong>{entry.actor}</strong> {auditWords(entry)}
                {reason !== undefined && reason !== '' && <q>{reason}</q>}
              </span>
            </li>
          );
        })}
      </ol>
      {error !== undefined && <ErrorNotice error={error} />}
      <div class="actions">
        {nextBefore !== undefined && (
          <button type="button" class="quiet" onClick={() => void loadOlder()}>
            Older entries
          </button>
        )}
        <LogCheck />
      </div>
    </section>
  );
}

/** Follows the hashes of the whole log. */
function LogCheck() {
  const [verdict, setVerdict] = useState<Awaited<ReturnType<typeof verifyAudit>> | undefined>(undefined);
  const [error, setError] = useState<unknown>(undefined);
  const check = async () => {
    try {
      setVerdict(await verifyAudit());
    } catch (thrown) {
      setError(thrown);
    }
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => void check()}>
        Check that the log is whole
      </button>
      <p role="status" class={verdict?.isWhole === false ? 'wrong' : 'hint'}>
        {verdict?.words}
      </p>
      {error !== undefined && <ErrorNotice error={error} />}
    </>
  );
}
