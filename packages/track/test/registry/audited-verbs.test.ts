import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  changeStage,
  createModel,
  createVersion,
  deleteAlias,
  deleteModel,
  deleteVersion,
  renameModel,
  type Acting,
} from '../../src/registry/audited-verbs.js';
import { listAudit, verifyAudit } from '../../src/registry/audit.js';
import { moveAlias } from '../../src/registry/move-alias.js';
import { defaultPolicy } from '../../src/registry/policy.js';
import type { OpenStore } from '../../src/store/open-store.js';
import { good, ruledStore, seedVersions } from './registry-fixture.js';

let store: OpenStore;
let ada: Acting;
let eve: Acting;
beforeEach(async () => {
  store = await ruledStore();
  ada = { store, policy: defaultPolicy, by: { subject: 'ada', role: 'approver', via: 'key' } };
  eve = { store, policy: defaultPolicy, by: { subject: 'eve', role: 'editor', via: 'key' } };
});
afterEach(() => store.close());

const log = async () =>
  (await listAudit(store)).items.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`).reverse();
const promote = (version: string) =>
  moveAlias(store, defaultPolicy, { name: 'exams', alias: 'production', version, by: ada.by, reason: 'because' });

describe('changes of the registry', () => {
  it('are all in the audit log, with who made them', async () => {
    await createModel(ada, { name: 'a' });
    await createVersion(eve, { name: 'a', source: 's' });
    await changeStage(ada, { name: 'a', version: '1', stage: 'staging', archiveExistingVersions: false });
    await renameModel(ada, { name: 'a', newName: 'b' });
    await deleteVersion(eve, { name: 'b', version: '1' });
    await deleteModel(ada, 'b');
    expect(await log()).toEqual([
      'ada model.create a',
      'eve version.create a/1',
      'ada stage.change a/1',
      'ada model.rename b',
      'eve version.delete b/1',
      'ada model.delete b',
    ]);
    expect(await verifyAudit(store)).toMatchObject({ isWhole: true });
  });

  it('that fail leave no line', async () => {
    await createModel(ada, { name: 'a' });
    await expect(createModel(ada, { name: 'a' })).rejects.toMatchObject({ code: 'RESOURCE_ALREADY_EXISTS' });
    await expect(deleteVersion(ada, { name: 'a', version: '1' })).rejects.toThrow('not found');
    expect(await log()).toEqual(['ada model.create a']);
  });
});

describe('what is in production', () => {
  beforeEach(async () => {
    await seedVersions(store, good, good);
    await promote('1');
  });

  it('is not deleted, neither the version nor its model', async () => {
    await expect(deleteVersion(ada, { name: 'exams', version: '1' })).rejects.toThrow(
      'the alias production points to it',
    );
    await expect(deleteModel(ada, 'exams')).rejects.toThrow('the alias production points to it');
    await deleteVersion(ada, { name: 'exams', version: '2' });
  });

  it('is not taken out of it by somebody who may not approve', async () => {
    const alias = { name: 'exams', alias: 'production' };
    await expect(deleteAlias(eve, alias)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await deleteAlias(ada, alias);
    await deleteModel(ada, 'exams');
  });

  it('is not put there by way of the stages of old', async () => {
    const change = { name: 'exams', version: '2', stage: 'Production', archiveExistingVersions: true };
    await expect(changeStage(eve, change)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await expect(changeStage(ada, change)).resolves.toMatchObject({ currentStage: 'Production' });
  });
});
