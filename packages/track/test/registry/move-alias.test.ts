import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Role } from '../../src/access/role.js';
import { approveVersion } from '../../src/registry/approvals.js';
import { listAudit } from '../../src/registry/audit.js';
import { deleteVersion } from '../../src/registry/audited-verbs.js';
import { moveAlias } from '../../src/registry/move-alias.js';
import { defaultPolicy, type ApprovalRule } from '../../src/registry/policy.js';
import { aliasVersion } from '../../src/registry/alias-version.js';
import { rollbackAlias } from '../../src/registry/rollback-alias.js';
import type { OpenStore } from '../../src/store/open-store.js';
import { good, ruledStore, seedVersions } from './registry-fixture.js';

let store: OpenStore;
beforeEach(async () => {
  store = await ruledStore();
});
afterEach(() => store.close());

const rule = (name: ApprovalRule) => name;
const rank = (name: Role) => name;
const someone = (subject: string, role: Role = 'approver') => ({ subject, role, via: 'key' as const });
const promote = (
  version: string,
  { by = 'ada', alias = 'production', approval = rule('implied'), role = rank('approver') } = {},
) =>
  moveAlias(
    store,
    { ...defaultPolicy, approval },
    {
      name: 'exams',
      alias,
      version,
      by: someone(by, role),
      reason: 'because',
    },
  );
const rollback = () =>
  rollbackAlias(store, defaultPolicy, { name: 'exams', alias: 'production', by: someone('ada'), reason: 'complaints' });
const production = () => store.db.read((queries) => aliasVersion(queries, 'exams', 'production'));
const actions = async () =>
  (await listAudit(store)).items.map(({ action, subject }) => `${action} ${subject}`).reverse();

describe('a protected alias', () => {
  it('moves to a version that the gates let through, and its mover has approved it by that', async () => {
    await seedVersions(store, good, good);
    expect(await promote('1')).toMatchObject({ from: null, to: '1' });
    expect(await promote('2')).toMatchObject({ from: '1', to: '2', gates: [{}, {}, {}, {}] });
    expect(await production()).toBe(2);
    expect(await actions()).toEqual(['approve exams/1', 'alias.move exams/1', 'approve exams/2', 'alias.move exams/2']);
  });

  it('stays where it is when a gate is closed, and the refusal is in the audit log', async () => {
    await seedVersions(store, good, { ...good, cvR2: 0.7 });
    await promote('1');
    await expect(promote('2')).rejects.toMatchObject({
      code: 'REGISTRY_GATE_CLOSED',
      exitCode: 5,
      message: expect.stringContaining('gate not-worse failed (cross-validated R2 0.7000, at least 0.8700 expected'),
    });
    expect(await production()).toBe(1);
    expect((await actions()).at(-1)).toBe('alias.refuse exams/2');
  });

  it('waits for an approval where the rules ask for one', async () => {
    await seedVersions(store, good);
    await expect(promote('1', { approval: 'explicit' })).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
    await approveVersion(store, { name: 'exams', version: '1', by: 'ada', reason: 'looks right' });
    await promote('1', { approval: 'explicit' });
    expect(await production()).toBe(1);
  });

  it('waits for the approval of somebody else under the two-person rule', async () => {
    await seedVersions(store, good);
    await approveVersion(store, { name: 'exams', version: '1', by: 'ada', reason: 'looks right' });
    await expect(promote('1', { approval: 'two-person' })).rejects.toThrow('nobody but ada has approved it');
    await promote('1', { approval: 'two-person', by: 'ben' });
    expect(await production()).toBe(1);
  });

  it('is not moved by somebody who may not approve', async () => {
    await seedVersions(store, good);
    await expect(promote('1', { role: 'editor' })).rejects.toThrow('ada has the role editor');
    await promote('1', { role: 'editor', alias: 'challenger' });
    expect(await production()).toBeNull();
  });

  it('is not approved without a reason', async () => {
    await seedVersions(store, good);
    const approval = approveVersion(store, { name: 'exams', version: '1', by: 'ada', reason: ' ' });
    await expect(approval).rejects.toThrow('needs a reason');
  });

  it.each(['2', '0', '-1', '1.5', 'x', '9'.repeat(30), ''])(
    'does not move to the version %s that is none',
    async (version) => {
      await seedVersions(store, good);
      await expect(promote(version)).rejects.toThrow(/not found|must be an integer/);
      expect(await production()).toBeNull();
    },
  );
});

describe('an alias that is not protected', () => {
  it('moves whatever the gates would say, and is in the audit log all the same', async () => {
    await seedVersions(store, { ...good, cvR2: 0.1 });
    await promote('1', { alias: 'challenger' });
    expect(await actions()).toEqual(['alias.move exams/1']);
  });
});

describe('rolling back', () => {
  it('goes back one step, to the version before', async () => {
    await seedVersions(store, good, good, good);
    for (const version of ['1', '2', '3']) await promote(version);
    expect(await rollback()).toMatchObject({ from: '3', to: '2' });
    expect(await rollback()).toMatchObject({ from: '2', to: '1' });
    expect(await production()).toBe(1);
  });

  it('says so when there was nothing before', async () => {
    await seedVersions(store, good);
    await promote('1');
    await expect(rollback()).rejects.toThrow('there is nothing to go back to');
    expect(await production()).toBe(1);
  });

  it('does not go back to a version that was deleted', async () => {
    await seedVersions(store, good, good);
    await promote('1');
    await promote('2');
    await deleteVersion({ store, policy: defaultPolicy, by: someone('ada') }, { name: 'exams', version: '1' });
    await expect(rollback()).rejects.toMatchObject({ code: 'RESOURCE_DOES_NOT_EXIST' });
    expect(await production()).toBe(2);
  });

  it('of an alias that does not exist is refused', async () => {
    await seedVersions(store, good);
    await expect(rollback()).rejects.toThrow('alias production of exams not found');
  });
});
