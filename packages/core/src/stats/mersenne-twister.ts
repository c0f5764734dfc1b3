import { statsError } from './stats-error.js';

const SIZE = 624;
const SHIFT = 397;
const UPPER = 0x80000000;
const LOWER = 0x7fffffff;
const TWIST = 0x9908b0df;

/**
 * The random stream of numpy's legacy `RandomState(seed)`: MT19937 with Knuth's initialisation, masked rejection
 * for bounded integers and 53-bit doubles, so that splits equal scikit-learn's.
 *
 * Source: M. Matsumoto and T. Nishimura, "Mersenne Twister", ACM TOMACS 8 (1998); numpy `randomkit`.
 *
 * @param seed An integer from 0 to 2^32 - 1.
 * @throws STATS_SEED for any other seed.
 * @example
 * mersenneTwister(42).uint32(); // => 1608637542
 */
export function mersenneTwister(seed: number): MersenneTwister {
  return new MersenneTwister(seed);
}

/** A living MT19937 stream; see {@link mersenneTwister}. */
export class MersenneTwister {
  readonly #state = new Uint32Array(SIZE);
  #position = SIZE;

  constructor(seed: number) {
    if (!Number.isInteger(seed) || seed < 0 || seed > 0xffffffff) throw statsError('STATS_SEED', { seed });
    this.#state[0] = seed;
    for (let i = 1; i < SIZE; i++) {
      const previous = this.#state[i - 1] ^ (this.#state[i - 1] >>> 30);
      this.#state[i] = Math.imul(1812433253, previous) + i;
    }
  }

  /** The next 32 random bits, as an integer from 0 to 2^32 - 1. */
  uint32(): number {
    if (this.#position === SIZE) this.#refill();
    let y = this.#state[this.#position++];
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    y ^= y >>> 18;
    return y >>> 0;
  }

  /** A double in [0, 1) with 53 random bits. */
  double(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** An integer from 0 to `max` (inclusive, at most 2^32 - 1), every value equally likely. */
  boundedInt(max: number): number {
    if (max === 0) return 0;
    const mask = 2 ** (32 - Math.clz32(max)) - 1;
    let drawn: number;
    do drawn = (this.uint32() & mask) >>> 0;
    while (drawn > max);
    return drawn;
  }

  /** Shuffles in place, as numpy's `shuffle`. */
  shuffle(values: Int32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.boundedInt(i);
      const kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  /** The integers 0 to n - 1 in random order, as numpy's `permutation(n)`. */
  permutation(n: number): Int32Array {
    const order = Int32Array.from({ length: n }, (_, i) => i);
    this.shuffle(order);
    return order;
  }

  /** A standard normal deviate (mean 0, sd 1) by Marsaglia's polar method; not numpy's `normal`. */
  normal(): number {
    for (;;) {
      const x = 2 * this.double() - 1;
      const y = 2 * this.double() - 1;
      const squared = x * x + y * y;
      if (squared > 0 && squared < 1) return x * Math.sqrt((-2 * Math.log(squared)) / squared);
    }
  }

  #refill(): void {
    const state = this.#state;
    for (let i = 0; i < SIZE; i++) {
      const y = (state[i] & UPPER) | (state[(i + 1) % SIZE] & LOWER);
      state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ (y & 1 ? TWIST : 0);
    }
    this.#position = 0;
  }
}
