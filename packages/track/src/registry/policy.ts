import type { GateSettings } from './gates.js';

/**
 * What it takes to point a protected alias to a version.
 *
 * - `implied`: moving the alias is the approval of whoever moves it, and recorded as such.
 * - `explicit`: somebody approved the version before.
 * - `two-person`: somebody else approved the version before.
 */
export type ApprovalRule = 'implied' | 'explicit' | 'two-person';

/** The rules of a registry. */
export interface RegistryPolicy {
  /** Aliases that need approval and gates. */
  readonly protectedAliases: readonly string[];
  readonly approval: ApprovalRule;
  readonly gates: GateSettings;
}

/** The rules, unless others are chosen. */
export const defaultPolicy: RegistryPolicy = { protectedAliases: ['production'], approval: 'implied', gates: {} };
