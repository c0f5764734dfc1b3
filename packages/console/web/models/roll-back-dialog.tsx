import { rollBack } from '../api/registry.js';
import { Dialog } from '../parts/dialog.js';
import { ReasonForm } from './reason-form.js';

interface RollBackDialogProps {
  readonly name: string;
  readonly alias: string;
  readonly from: string;
  readonly to: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Asks why an alias goes back, and takes it back. */
export function RollBackDialog({ name, alias, from, to, onDone, onClose }: RollBackDialogProps) {
  return (
    <Dialog title={`Roll ${alias} back to version ${to}?`} onClose={onClose}>
      <ReasonForm
        action={`Roll back to version ${to}`}
        isAllowed
        run={(reason) => rollBack(name, alias, reason)}
        onDone={onDone}
        onClose={onClose}
      >
        <p>
          Version {from} leaves {alias}; version {to} was let through before, so no gate is asked again.
        </p>
      </ReasonForm>
    </Dialog>
  );
}
