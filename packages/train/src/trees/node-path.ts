/** The path of a tree's root. */
export const ROOT_PATH = 1;

/** Multiplying by an odd number spreads long ways over all 32 bits, where they are most likely different. */
export const PATH_FACTOR = 0x9e3779b1;

/** The way from the root to a node as a number, so that a node's draws do not depend on how the rest grew. */
export function childPath(path: number, isLeft: boolean): number {
  return (Math.imul(path, PATH_FACTOR) + (isLeft ? 1 : 2)) >>> 0;
}
