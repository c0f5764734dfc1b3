import { useId, useState } from 'preact/hooks';
import type { AuditEntry } from '../api/registry.js';
import { formatTime } from '../format/time.js';
import { auditReason, placing, versionBefore } from './audit-words.js';
import { RollBackDialog } from './roll-back-dialog.js';

interface InProductionProps {
  readonly name: string;
  readonly alias: string;
  /** What the alias points to, or undefined. */
  readonly version: string | undefined;
  readonly entries: readonly AuditEntry[];
  readonly onChange: () => void;
}

/** Where an alias points, since when and why, and the way back. */
export function InProduction({ name, alias, version, entries, onChange }: InProductionProps) {
  const id = useId();
  const [isAsking, setAsking] = useState(false);
  const entry = version === undefined ? undefined : placing(entries, alias, version);
  const reason = entry === undefined ? undefined : auditReason(entry);
  const before = version === undefined ? undefined : versionBefore(entries, alias, version);
  return (
    <section class="sheet held" aria-labelledby={id}>
      <div>
        <h2 id={id}>{version === undefined ? `No version is in ${alias}` : `Version ${version} is in ${alias}`}</h2>
        {entry !== undefined && (
          <p class="hint">
            Since {formatTime(entry.at)}, by {entry.actor}
            {reason === undefined || reason === '' ? '.' : `: “${reason}”`}
          </p>
        )}
        {version === undefined && <p class="hint">Promote one below.</p>}
      </div>
      {before !== undefined && (
        <button type="button" class="quiet" onClick={() => setAsking(true)}>
          Roll back to version {before}
        </button>
      )}
      {isAsking && before !== undefined && version !== undefined && (
        <RollBackDialog
          name={name}
          alias={alias}
          from={version}
          to={before}
          onClose={() => setAsking(false)}
          onDone={() => {
            setAsking(false);
            onChange();
          }}
        />
      )}
    </section>
  );
}
