import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { ErrorNotice } from '../parts/notice.js';

interface ReasonFormProps {
  /** What the button that does it says. */
  readonly action: string;
  readonly isAllowed: boolean;
  readonly run: (reason: string) => Promise<unknown>;
  readonly onDone: () => void;
  readonly onClose: () => void;
  /** Stands above the reason. */
  readonly children?: ComponentChildren;
}

/** Asks why something is done, and does it; what the server objects stands under it. */
export function ReasonForm({ action, isAllowed, run, onDone, onClose, children }: ReasonFormProps) {
  const id = useId();
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(undefined);
  const [isBusy, setBusy] = useState(false);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const submit = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await run(reason.trim());
      onDone();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void submit();
      }}
    >
      {children}
      <label for={id}>Reason</label>
      <textarea
        id={id}
        ref={field}
        required
        rows={2}
        maxLength={1000}
        value={reason}
        aria-describedby={`${id}-note`}
        onInput={(event) => setReason(event.currentTarget.value)}
      />
      <p id={`${id}-note`} class="hint">
        It is kept in the model’s history.
      </p>
      {error !== undefined && <ErrorNotice error={error} />}
      <div class="actions">
        <button type="submit" disabled={!isAllowed}>
          {isBusy ? 'One moment…' : action}
        </button>
        <button type="button" class="quiet" onClick={onClose}>
          Cancel
        </button>
      </div>
    </form>
  );
}
