import { randomUUID } from 'node:crypto';
import { RESERVED_PREFIX } from '../artifact-path.js';

/** A new name for a file that is being written. */
export function partialName(): string {
  return `${RESERVED_PREFIX}${randomUUID()}.partial`;
}

/** Whether a name is one of those. */
export function isPartialName(name: string): boolean {
  return name.startsWith(RESERVED_PREFIX) && name.endsWith('.partial');
}
