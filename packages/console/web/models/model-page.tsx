import { getModel, versionsOf, type RegisteredModel } from '../api/models.js';
import { getAudit, getPolicy, type AuditEntry } from '../api/registry.js';
import { Crumb } from '../parts/crumb.js';
import { Loaded } from '../parts/notice.js';
import { useResource } from '../parts/use-resource.js';
import { hrefOf } from '../route/route.js';
import { AuditHistory } from './audit-history.js';
import { InProduction } from './in-production.js';
import { VersionTable } from './version-table.js';

/** One model: what is in production and why, its versions, and everything that was done to it. */
export function ModelPage({ name }: { name: string }) {
  const page = useResource(
    async (signal) => {
      const [model, versions, policy, audit] = await Promise.all([
        getModel(name, signal),
        versionsOf(name, signal),
        getPolicy(signal),
        getAudit(name, undefined, signal),
      ]);
      return { model, versions, policy, audit };
    },
    [name],
  );
  return (
    <>
      <Crumb href={hrefOf({ page: 'models' })}>Models</Crumb>
      <h1>{name}</h1>
      <Loaded resource={page} what="the model">
        {({ model, versions, policy, audit }) => (
          <>
            {model.description !== '' && <p class="lead">{model.description}</p>}
            {heldAliases(model, policy.protectedAliases).map((alias) => (
              <InProduction key={alias} alias={alias} {...held(model, alias, audit.entries)} onChange={page.reload} />
            ))}
            <VersionTable versions={versions} onChange={page.reload} />
            <AuditHistory name={name} first={audit} />
          </>
        )}
      </Loaded>
    </>
  );
}

/** The protected aliases first, then the others that point somewhere. */
function heldAliases({ aliases }: RegisteredModel, protectedAliases: readonly string[]): readonly string[] {
  return [...new Set([...protectedAliases, ...aliases.keys()])];
}

function held({ name, aliases }: RegisteredModel, alias: string, entries: readonly AuditEntry[]) {
  return { name, version: aliases.get(alias), entries };
}
