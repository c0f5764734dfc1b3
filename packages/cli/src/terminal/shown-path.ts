import path from 'node:path';

/** A path as people read it: from the working folder where it lies in there, else absolute. */
export function shownPath(absolute: string, directory: string): string {
  const relative = path.relative(directory, absolute);
  return relative.startsWith('..') ? absolute : relative;
}
