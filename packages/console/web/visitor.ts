import { signal } from '@preact/signals';
import { getIdentity, type Identity } from './api/registry.js';

/** Who the server takes this visitor for; undefined until it has said so. */
export const visitor = signal<Identity | undefined>(undefined);

/** Asks the server who this is. */
export async function recogniseVisitor(): Promise<void> {
  try {
    visitor.value = await getIdentity();
  } catch {
    // The page that is shown says what is wrong with the server.
    visitor.value = undefined;
  }
}

/** Whether this visitor may move protected aliases. */
export function mayApprove(): boolean {
  const role = visitor.value?.role;
  return role === 'approver' || role === 'admin';
}
