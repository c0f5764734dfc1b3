import type { Identity } from '../access/role.js';
import type { Queries } from '../database/database.js';
import { invalid } from '../store/checks.js';
import type { Store } from '../store/store.js';
import { writeAudit } from './audit.js';
import { defaultGates, type GateSettings } from './gates.js';
import { defaultPolicy, type ApprovalRule, type RegistryPolicy } from './policy.js';

/** What the rules of a registry say of protected aliases, one by one. */
export interface Rules extends Required<GateSettings> {
  readonly approval: ApprovalRule;
}

/** Which of them are to change. */
export type RuleChanges = { readonly [Name in keyof Rules]?: Rules[Name] | undefined };

const APPROVAL: readonly ApprovalRule[] = ['implied', 'explicit', 'two-person'];

/** Reads a rule's text as it is kept, or fails to: undefined. */
const READ: { readonly [Name in keyof Rules]: (text: string) => Rules[Name] | undefined } = {
  approval: (text) => APPROVAL.find((rule) => rule === text),
  minR2: (text) => numberUpTo(1, text),
  tolerance: (text) => notBelowZero(text),
  coverageSlack: (text) => notBelowZero(text),
  strict: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
};

const NAMES = ['approval', 'minR2', 'tolerance', 'coverageSlack', 'strict'] as const satisfies (keyof Rules)[];

/** The rules that a database keeps; what was never changed is as in {@link defaultPolicy}. */
export async function registryPolicy(store: Pick<Store, 'db'>): Promise<RegistryPolicy> {
  const { approval, ...gates } = await store.db.read(keptRules);
  return { ...defaultPolicy, approval, gates };
}

/**
 * Changes rules, for every program that works on the database from now on, with a line in the audit log. What they are
 * already leaves no line.
 *
 * @returns What was changed: before and after, as texts.
 * @throws INVALID_PARAMETER_VALUE
 */
export async function changeRules(
  store: Store,
  changes: RuleChanges,
  { by, reason }: { readonly by: Identity; readonly reason: string },
): Promise<Readonly<Record<string, { readonly from: string; readonly to: string }>>> {
  const wanted = NAMES.flatMap((name) => {
    const value = changes[name];
    if (value === undefined) return [];
    if (READ[name](String(value)) !== undefined) return [[name, String(value)] as const];
    throw invalid(`Invalid value ${JSON.stringify(value)} for the rule ${name}`);
  });
  return store.db.write(async (queries) => {
    const kept = await keptRules(queries);
    const changed = wanted.filter(([name, to]) => String(kept[name]) !== to);
    for (const [name, value] of changed) {
      await queries
        .insertInto('scorecast_rules')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    }
    const details = Object.fromEntries(changed.map(([name, to]) => [name, { from: String(kept[name]), to }]));
    if (changed.length > 0) {
      const note = { actor: by.subject, action: 'rules.change' as const, subject: 'rules' };
      await writeAudit(store, queries, { ...note, details: { ...details, reason } });
    }
    return details;
  });
}

async function keptRules(queries: Queries): Promise<Rules> {
  const rows = await queries.selectFrom('scorecast_rules').select(['name', 'value']).execute();
  const texts = new Map(rows.map(({ name, value }) => [name, value]));
  const kept = <Name extends keyof Rules>(name: Name, otherwise: Rules[Name]) =>
    READ[name](texts.get(name) ?? '') ?? otherwise;
  return {
    approval: kept('approval', defaultPolicy.approval),
    minR2: kept('minR2', defaultGates.minR2),
    tolerance: kept('tolerance', defaultGates.tolerance),
    coverageSlack: kept('coverageSlack', defaultGates.coverageSlack),
    strict: kept('strict', defaultGates.strict),
  };
}

function numberUpTo(most: number, text: string): number | undefined {
  const value = text === '' ? Number.NaN : Number(text);
  return value <= most ? value : undefined;
}

function notBelowZero(text: string): number | undefined {
  const value = numberUpTo(Infinity, text);
  return value !== undefined && value >= 0 ? value : undefined;
}
