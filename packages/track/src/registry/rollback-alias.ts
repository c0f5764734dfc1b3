import type { Store } from '../store/store.js';
import { trackError } from '../track-error.js';
import { pointAlias, type MovedAlias } from './move-alias.js';
import { aliasVersion, requireVersion } from './registry-rows.js';

/**
 * Points an alias back to the version before the present one. That version was let through when it was promoted, so nothing is
 * asked again.
 *
 * @throws RESOURCE_DOES_NOT_EXIST when the alias does not exist, there was none before, or that version was deleted.
 */
export async function rollbackAlias(
  store: Store,
  request: { readonly name: string; readonly alias: string; readonly by: string; readonly reason: string },
): Promise<MovedAlias> {
  const { name, alias, by, reason } = request;
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
    await requireVersion(queries, name, before);
    const details = { alias, from: present, to: before, reason };
    await pointAlias(store, queries, {
      name,
      alias,
      from: present,
      to: before,
      by,
      kind: 'rollback',
      details,
    });
    return { from: String(present), to: String(before), gates: [] };
  });
}
