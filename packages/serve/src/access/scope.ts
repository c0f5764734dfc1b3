/** What a caller may do: ask for predictions (pages too); send outcomes; read metrics; everything, logged predictions too. */
export type Scope = (typeof SCOPES)[number];

/** All scopes. */
export const SCOPES = ['predict', 'outcomes', 'metrics', 'admin'] as const;

/** The scope of this name, or undefined. */
export function scopeNamed(name: unknown): Scope | undefined {
  return SCOPES.find((scope) => scope === name);
}

/** Reads scopes with commas between; undefined where one of them is none. */
export function parseScopes(text: string): readonly Scope[] | undefined {
  const words = text.split(',').map((word) => word.trim());
  const scopes = words.map(scopeNamed).filter((scope) => scope !== undefined);
  return scopes.length === words.length ? scopes : undefined;
}

/** Somebody whose key or token is good. */
export interface Caller {
  /** Stands for the caller in limits and, for keys, in the log: `key 0a1b2c3d4e5f`. */
  readonly subject: string;
  readonly scopes: readonly Scope[];
}

/** Whether a caller may do what a route needs. */
export function mayUse({ scopes }: Caller, needed: Scope): boolean {
  return scopes.includes(needed) || scopes.includes('admin');
}
