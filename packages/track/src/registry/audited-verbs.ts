import type { Identity } from '../access/role.js';
import { createModelVersion, type CreateModelVersionRequest } from '../store/create-model-version.js';
import { deleteModelAlias } from '../store/model-aliases.js';
import type { ModelVersion } from '../store/model-version.js';
import type { VersionKey } from '../store/model-version-rows.js';
import { deleteModelVersion, getModelVersion, transitionStage } from '../store/model-versions.js';
import type { RegisteredModel } from '../store/registered-model.js';
import {
  createRegisteredModel,
  deleteRegisteredModel,
  getRegisteredModel,
  renameRegisteredModel,
  type CreateRegisteredModelRequest,
} from '../store/registered-models.js';
import type { Store } from '../store/store.js';
import { trackError } from '../track-error.js';
import { writeAudit, type AuditNote } from './audit.js';
import { refuseUnlessApprover } from './move-alias.js';
import type { RegistryPolicy } from './policy.js';
import { storeInside } from './store-inside.js';
import { queueEvent, type WebhookEvent } from './webhooks.js';

/** Somebody at work on a registry: the verbs of this file leave a line in the audit log, and keep the rules for protected aliases. */
export interface Acting {
  readonly store: Store;
  readonly policy: RegistryPolicy;
  readonly by: Identity;
}

/** Creates a model. */
export function createModel(acting: Acting, request: CreateRegisteredModelRequest): Promise<RegisteredModel> {
  return noted(
    acting,
    (inside) => createRegisteredModel(inside, request),
    () => ({ action: 'model.create', subject: request.name }),
  );
}

/** Gives a model another name. */
export function renameModel(
  acting: Acting,
  request: { readonly name: string; readonly newName: string },
): Promise<RegisteredModel> {
  return noted(
    acting,
    (inside) => renameRegisteredModel(inside, request),
    () => ({ action: 'model.rename', subject: request.newName, details: { from: request.name } }),
  );
}

/** Deletes a model with its versions; refused while a protected alias points to one of them. */
export function deleteModel(acting: Acting, name: string): Promise<void> {
  const work = async (inside: Store) => {
    const { aliases } = await getRegisteredModel(inside, name);
    const names = aliases.map(({ alias }) => alias);
    refuseWhileHeld(acting.policy, `the model ${name}`, names);
    await deleteRegisteredModel(inside, name);
  };
  return noted(acting, work, () => ({ action: 'model.delete', subject: name }));
}

/** Adds a version. */
export function createVersion(acting: Acting, request: CreateModelVersionRequest): Promise<ModelVersion> {
  return noted(
    acting,
    (inside) => createModelVersion(inside, request),
    ({ name, version, runId, source }) => ({
      action: 'version.create',
      subject: `${name}/${version}`,
      details: { runId, source },
    }),
    'version.created',
  );
}

/** Deletes a version; refused while a protected alias points to it. */
export function deleteVersion(acting: Acting, key: VersionKey): Promise<void> {
  const subject = `${key.name}/${key.version}`;
  const work = async (inside: Store) => {
    const { aliases } = await getModelVersion(inside, key);
    refuseWhileHeld(acting.policy, `version ${key.version} of ${key.name}`, aliases);
    await deleteModelVersion(inside, key);
  };
  return noted(acting, work, () => ({ action: 'version.delete', subject }), 'version.deleted');
}

/** Moves a version to a stage of MLflow 1; Production needs an approver. */
export async function changeStage(
  acting: Acting,
  request: Parameters<typeof transitionStage>[1],
): Promise<ModelVersion> {
  if (request.stage.toLowerCase() === 'production') requireApprover(acting, 'production');
  return noted(
    acting,
    (inside) => transitionStage(inside, request),
    ({ name, version, currentStage }) => ({
      action: 'stage.change',
      subject: `${name}/${version}`,
      details: { to: currentStage },
    }),
  );
}

/** Deletes an alias; a protected one needs an approver. */
export async function deleteAlias(
  acting: Acting,
  key: { readonly name: string; readonly alias: string },
): Promise<void> {
  requireApprover(acting, key.alias);
  const note = () => ({ action: 'alias.delete' as const, subject: key.name, details: { alias: key.alias } });
  return noted(acting, (inside) => deleteModelAlias(inside, key), note, 'alias.deleted');
}

/** Does something and notes it: both are kept, or neither. */
function noted<Result>(
  { store, by }: Acting,
  work: (inside: Store) => Promise<Result>,
  noteOf: (result: Result) => Omit<AuditNote, 'actor'>,
  event?: WebhookEvent,
): Promise<Result> {
  return store.db.write(async (queries) => {
    const result = await work(storeInside(store, queries));
    const note = noteOf(result);
    await writeAudit(store, queries, { actor: by.subject, ...note });
    if (event !== undefined) {
      const data = { subject: note.subject, by: by.subject, ...note.details };
      await queueEvent(queries, store.now(), { event, data });
    }
    return result;
  });
}

function requireApprover({ policy, by }: Acting, alias: string): void {
  const refusal = policy.protectedAliases.includes(alias) ? refuseUnlessApprover(by, alias) : undefined;
  if (refusal !== undefined) throw refusal;
}

function refuseWhileHeld(policy: RegistryPolicy, what: string, aliases: readonly string[]): void {
  const held = aliases.find((alias) => policy.protectedAliases.includes(alias));
  if (held === undefined) return;
  const message = `${what} cannot be deleted while the alias ${held} points to it (point the alias to another version, or delete it, first)`;
  throw trackError('BAD_REQUEST', { message });
}
