import { useState } from 'preact/hooks';
import type { ModelVersion } from '../api/models.js';
import { PromoteDialog } from './promote-dialog.js';

/** Opens the dialog in which a version is promoted. */
export function PromoteButton({ version, onChange }: { version: ModelVersion; onChange: () => void }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" class="quiet" onClick={() => setOpen(true)}>
        Promote…<span class="unseen"> version {version.version}</span>
      </button>
      {isOpen && (
        <PromoteDialog
          version={version}
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            onChange();
          }}
        />
      )}
    </>
  );
}
