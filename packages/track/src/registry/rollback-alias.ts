import type { Identity } from '../access/role.js';
import { versionRow } from '../store/model-version-rows.js';
import type { Store } from '../store/store.js';
import { trackError } from '../track-error.js';
import { aliasVersion } from './alias-version.js';
import { pointAlias, refuseUnlessApprover, type MovedAlias } from './move-alias.js';
import type { RegistryPolicy } from './policy.js';

/**
 * Points an alias back to the version before the present one. That version was let through when it was promoted, so nothing
 * is asked again.
 *
 * @throws RESOURCE_DOES_NOT_EXIST when the alias does not exist, there was none before, or that version was deleted;
 * PERMISSION_DENIED for a protected alias without the role.
 */
export async function rollbackAlias(
  store: Store,
  policy: RegistryPolicy,
  request: { readonly name: string; readonly alias: string; readonly by: Identity; readonly reason: string },
): Promise<MovedAlias> {
  const { name, alias, by, reason } = request;
  const refusal = policy.protectedAliases.includes(alias) ? refuseUnlessApprover(by, alias) : undefined;
  if (refusal !== undefined) throw refusal;
  return store.db.write(async (queries) => {
    const present = await aliasVersion(queries, name, alias);
    if (present === null) {
      throw trackError('RESOURCE_DOES_NOT_EXIST', { message: `Registered model alias ${alias} of ${name} not found` });
    }
    const promotion = await queries
      .selectFrom('scorecast_alias_moves')
      .select('from_version')
      .where('model_name', '=', name)
      .where('alias', '=', alias)
      .where('to_version', '=', present)
      .where('kind', '=', 'promote')
      .orderBy('sequence', 'desc')
      .limit(1)
      .executeTakeFirst();
    const before = promotion?.from_version ?? null;
    if (before === null || before === present) {
      const message = `${alias} of ${name} pointed to no version before version ${present}, so there is nothing to go back to`;
      throw trackError('RESOURCE_DOES_NOT_EXIST', { message });
    }
    await versionRow(queries, { name, version: String(before) });
    const details = { alias, from: present, to: before, reason };
    await pointAlias(store, queries, { name, alias, from: present, to: before, by, kind: 'rollback', details });
    return { from: String(present), to: String(before), gates: [] };
  });
}
