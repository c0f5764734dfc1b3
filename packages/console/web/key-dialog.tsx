import { useId, useState } from 'preact/hooks';
import { giveKey, wantedKey } from './api/session-key.js';
import { Dialog } from './parts/dialog.js';

/** Asks for an API key when the server wants one. */
export function KeyDialog() {
  const id = useId();
  const [key, setKey] = useState('');
  if (wantedKey.value === undefined) return null;
  return (
    <Dialog title="This server asks for a key" onClose={() => giveKey('')}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          giveKey(key.trim());
          setKey('');
        }}
      >
        <p class="hint">{wantedKey.value}</p>
        <label for={id}>API key</label>
        <input
          id={id}
          type="password"
          required
          autocomplete="off"
          value={key}
          onInput={(event) => setKey(event.currentTarget.value)}
        />
        <p class="hint">It is kept until this tab is closed.</p>
        <div class="actions">
          <button type="submit">Go on</button>
          <button type="button" class="quiet" onClick={() => giveKey('')}>
            Cancel
          </button>
        </div>
      </form>
    </Dialog>
  );
}
