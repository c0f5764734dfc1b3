import type { Candidate } from '../search/candidate.js';
import { keyedRandom, type KeyedRandom } from '../keyed-random.js';
import type { Dimension } from './dimension.js';
import { numberLine } from './number-line.js';
import { applies, type SearchSpace, type SpaceParam } from './search-space.js';

/** One point of a space: which entry, and a value for each of its params that exist there. */
export interface Point {
  readonly entry: number;
  readonly values: ReadonlyMap<string, unknown>;
}

/** How a point is chosen: first the entry, then its params, one after the other. */
export interface Chooser {
  entry(count: number): number;
  value(entry: number, param: SpaceParam): unknown;
}

/**
 * Draws candidate number `trial`: a function of space, seed and number alone, so that it is the same whatever else was
 * drawn, in which order and on which thread.
 *
 * @example
 * const space = searchSpace([{ estimator: 'k-neighbors', params: { nNeighbors: integer(2, 2 + 1) } }]);
 * [2, 3].includes(sampleCandidate(space, { seed: 42, trial: 7 }).params['nNeighbors']); // => true
 */
export function sampleCandidate(
  space: SearchSpace,
  { seed, trial }: { readonly seed: number; readonly trial: number },
): Candidate {
  return candidateAt(space, samplePoint(space, keyedRandom(seed).at(trial)));
}

/** Draws a point at random, every draw addressed by the path of its param. */
export function samplePoint(space: SearchSpace, random: KeyedRandom): Point {
  return choosePoint(space, {
    entry: (count) => addressed(random, 'entry').below(count, 0),
    value: (_, { path, dimension }) => sampleValue(dimension, addressed(random, path).double(0)),
  });
}

/** Walks a space from condition to condition. */
export function choosePoint(space: SearchSpace, chooser: Chooser): Point {
  const entry = chooser.entry(space.length);
  const values = new Map<string, unknown>();
  for (const param of space[entry].params) {
    if (applies(param, values)) values.set(param.name, chooser.value(entry, param));
  }
  return { entry, values };
}

/** The candidate at a point. */
export function candidateAt(space: SearchSpace, { entry, values }: Point): Candidate {
  const { estimator, preprocessing } = space[entry];
  return { estimator, params: Object.fromEntries(values), preprocessing };
}

/** The random source of a path, found by its 32-bit FNV-1a hash (G. Fowler, L. Noll, K.-P. Vo; public domain). */
export function addressed(random: KeyedRandom, path: string): KeyedRandom {
  let hash = 0x811c9dc5;
  for (let i = 0; i < path.length; i++) hash = Math.imul(hash ^ path.charCodeAt(i), 0x01000193);
  return random.at(hash >>> 0);
}

/** The value that `share`, from 0 to less than 1, of a dimension lies below. */
function sampleValue(dimension: Dimension, share: number): unknown {
  if (dimension.kind === 'fixed') return dimension.value;
  if (dimension.kind === 'choice') return dimension.options[Math.floor(share * dimension.options.length)];
  const { low, high, value } = numberLine(dimension);
  return value(low + share * (high - low));
}
