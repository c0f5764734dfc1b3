import type { AuditEntry } from '../api/registry.js';
import { field, optionalText, text } from '../api/json.js';

/** What an entry of the audit log says, in a few words after the name of who did it. */
export function auditWords({ action, subject, details }: AuditEntry): string {
  const version = subject.slice(subject.lastIndexOf('/') + 1);
  const alias = text(details, 'alias');
  const from = optionalText(details, 'from');
  switch (action) {
    case 'approve':
      return `approved version ${version}`;
    case 'alias.move':
      return text(details, 'kind') === 'rollback'
        ? `rolled ${alias} back from version ${from ?? '?'} to version ${version}`
        : `moved ${alias} to version ${version}${from === undefined ? '' : `, from version ${from}`}`;
    case 'alias.refuse':
      return `was refused to move ${alias} to version ${version}`;
    case 'alias.delete':
      return `deleted the alias ${alias}`;
    case 'stage.change':
      return `moved version ${version} to the stage ${text(details, 'to')}`;
    case 'version.create':
      return `added version ${version}`;
    case 'version.delete':
      return `deleted version ${version}`;
    case 'model.create':
      return 'created the model';
    case 'model.rename':
      return `renamed the model, which was ${from ?? 'called otherwise'}`;
    case 'model.delete':
      return 'deleted the model';
    default:
      return `did ${action} to ${subject}`;
  }
}

/** Why it was done, or why it was refused; undefined where nobody said. */
export function auditReason({ details }: AuditEntry): string | undefined {
  return optionalText(details, 'refusal') ?? optionalText(details, 'reason');
}

/** The entry that put an alias where it points now; undefined where the entries at hand do not reach back so far. */
export function placing(entries: readonly AuditEntry[], alias: string, version: string): AuditEntry | undefined {
  const last = entries.find(({ action, details }) => action === 'alias.move' && text(details, 'alias') === alias);
  return last !== undefined && text(last.details, 'to') === version ? last : undefined;
}

/** The version that a roll-back of an alias goes to; undefined where there is none, or the entries do not tell. */
export function versionBefore(entries: readonly AuditEntry[], alias: string, version: string): string | undefined {
  const promotion = entries.find(
    ({ action, details }) =>
      action === 'alias.move' &&
      text(details, 'kind') === 'promote' &&
      text(details, 'alias') === alias &&
      text(details, 'to') === version,
  );
  const before = optionalText(field(promotion, 'details'), 'from');
  return before === version ? undefined : before;
}
