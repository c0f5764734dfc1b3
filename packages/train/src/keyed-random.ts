/**
 * Randomness that is addressed instead of consumed: a draw is a function of the seed and of the keys that lead to it,
 * such as (tree, node), so it does not depend on what else was drawn, in which order or in which thread.
 */
export interface KeyedRandom {
  /** What {@link keyedRandom} makes this source from. */
  readonly seed: number;
  /** The random source below a key, such as a tree's number. Keys are integers from 0 to 2^32 - 1. */
  at(key: number): KeyedRandom;
  /** The double number `index` here, in [0, 1), with 32 random bits. */
  double(index: number): number;
  /** An integer from 0 to `bound - 1`, the draw number `index` here; `bound` is at most 2^32. */
  below(bound: number, index: number): number;
}

/**
 * Keyed randomness from a seed. Each key and index is mixed into the state by MurmurHash3's 32-bit finaliser
 * (A. Appleby, public domain), whose every output bit depends on every input bit.
 *
 * @param seed An integer from 0 to 2^32 - 1.
 * @example
 * const run = keyedRandom(42);
 * run.at(3).double(0) === run.at(3).double(0); // => true
 */
export function keyedRandom(seed: number): KeyedRandom {
  return new Keyed(seed);
}

/** The numbers that keys and indices are mixed with, for what draws the same elsewhere. */
export const mixing = {
  key: 0x9e3779b9,
  keyFactor: 0x85ebca6b,
  index: 0x2545f491,
  factors: [0x85ebca6b, 0xc2b2ae35],
} as const;

/** A class, because a tree makes one for every node and closures would cost more than the cut. */
class Keyed implements KeyedRandom {
  readonly seed: number;

  constructor(seed: number) {
    this.seed = seed;
  }

  at(key: number): KeyedRandom {
    return new Keyed(mix(this.seed ^ Math.imul(mix(key + mixing.key), mixing.keyFactor)));
  }

  double(index: number): number {
    return mix(this.seed + mix(index ^ mixing.index)) / 4294967296;
  }

  below(bound: number, index: number): number {
    return Math.floor(this.double(index) * bound);
  }
}

function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), mixing.factors[0]);
  h = Math.imul(h ^ (h >>> 13), mixing.factors[1]);
  return (h ^ (h >>> 16)) >>> 0;
}
