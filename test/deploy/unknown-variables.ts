import { settings } from '@scorecast/serve/settings';

/** The environment variables of the service that do not exist, out of those that a file names. */
export function unknownVariables(names: readonly string[]): readonly string[] {
  const flags = Object.values(settings).map(({ flag }) => flag);
  const known = new Set([
    ...['HOST', 'PORT', 'SCORECAST_BUNDLE'],
    ...flags.map((flag) => `SCORECAST_${flag.toUpperCase().replaceAll('-', '_')}`),
  ]);
  return names.filter((name) => !known.has(name));
}
