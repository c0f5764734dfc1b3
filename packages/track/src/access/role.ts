/** What somebody may do, each role including those before it: read; record and register; approve and promote; everything. */
export type Role = (typeof ROLES)[number];

/** All roles, from the least to the most. */
export const ROLES = ['viewer', 'editor', 'approver', 'admin'] as const;

/** Whether a role is enough where another is needed. */
export function mayActAs(has: Role, needed: Role): boolean {
  return ROLES.indexOf(has) >= ROLES.indexOf(needed);
}

/** The role of this name, or undefined. */
export function roleNamed(name: unknown): Role | undefined {
  return ROLES.find((role) => role === name);
}

/** Somebody who asks. */
export interface Identity {
  /** For the audit log: a key's name, or the subject of a token. */
  readonly subject: string;
  readonly role: Role;
  /** How that is known: nobody was asked, an API key, or a token of an OIDC issuer. */
  readonly via: 'open' | 'key' | 'oidc';
}
