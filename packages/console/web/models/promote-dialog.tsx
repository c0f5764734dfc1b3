import { useId, useState } from 'preact/hooks';
import type { ModelVersion } from '../api/models.js';
import { approve, getApprovals, getGates, getPolicy, moveAlias, type Policy } from '../api/registry.js';
import { Dialog } from '../parts/dialog.js';
import { Loaded } from '../parts/notice.js';
import { useResource } from '../parts/use-resource.js';
import { mayApprove, visitor } from '../visitor.js';
import { GateList } from './gate-list.js';
import { ReasonForm } from './reason-form.js';

/** Aliases that people use; further ones are set by clients. */
const USUAL_ALIASES = ['champion', 'challenger'];

interface PromoteDialogProps {
  readonly version: ModelVersion;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** Shows whether a version may be promoted, asks why, and promotes it. */
export function PromoteDialog(props: PromoteDialogProps) {
  const policy = useResource(getPolicy, []);
  return (
    <Dialog title={`Promote version ${props.version.version} of ${props.version.name}`} onClose={props.onClose}>
      <Loaded resource={policy} what="the rules">
        {(found) => <Promotion {...props} policy={found} />}
      </Loaded>
    </Dialog>
  );
}

function Promotion({ version, policy, onDone, onClose }: PromoteDialogProps & { policy: Policy }) {
  const id = useId();
  const aliases = [...new Set([...policy.protectedAliases, ...USUAL_ALIASES])];
  const [alias, setAlias] = useState(aliases[0]);
  const isProtected = policy.protectedAliases.includes(alias);
  const checks = useResource(
    async (signal) => ({
      gates: isProtected ? await getGates(version, alias, signal) : { hold: true, gates: [] },
      approvals: await getApprovals(version, signal),
    }),
    [alias],
  );
  const { value, isLoading } = checks;
  const approvals = value?.approvals ?? [];
  const others = approvals.filter(({ by }) => policy.approval !== 'two-person' || by !== visitor.value?.subject);
  const isApproved = !isProtected || policy.approval === 'implied' || others.length > 0;
  const isPermitted = !isProtected || mayApprove();
  const mustApprove = isPermitted && !isLoading && !isApproved && approvals.length === 0;
  return (
    <ReasonForm
      action={mustApprove ? 'Approve' : `Promote to ${alias}`}
      isAllowed={isPermitted && !isLoading && (mustApprove || (isApproved && value?.gates.hold === true))}
      run={(reason) => (mustApprove ? approve(version, reason) : moveAlias(version, alias, reason))}
      onDone={onDone}
      onClose={onClose}
    >
      <label for={id}>To</label>
      <select id={id} value={alias} onChange={(event) => setAlias(event.currentTarget.value)}>
        {aliases.map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
      {version.aliases.includes(alias) && <p class="hint">It is there already.</p>}
      {isProtected && (
        <Loaded resource={checks} what="the gates">
          {({ gates }) => <GateList gates={gates} />}
        </Loaded>
      )}
      {!isPermitted && (
        <p class="wrong">
          Moving {alias} needs the role approver; {visitor.value?.subject} is {visitor.value?.role}.
        </p>
      )}
      {isPermitted && !isLoading && !isApproved && (
        <p class="wrong">
          {policy.approval === 'two-person'
            ? 'Somebody other than who promotes it has to approve this version first.'
            : 'This version has to be approved first.'}
        </p>
      )}
    </ReasonForm>
  );
}
