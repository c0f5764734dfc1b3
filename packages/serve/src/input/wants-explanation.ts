import { serveError } from '../serve-error.js';

/**
 * Whether the address ends in `?explain=true`.
 *
 * @throws SERVE_QUERY for any other value than true and false.
 */
export function wantsExplanation(query: unknown): boolean {
  const value: unknown = typeof query === 'object' && query !== null && 'explain' in query ? query.explain : 'false';
  if (value === 'true' || value === 'false') return value === 'true';
  throw serveError('SERVE_QUERY', { name: 'explain', expected: 'true or false' });
}
