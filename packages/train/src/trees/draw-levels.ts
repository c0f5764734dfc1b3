import type { KeyedRandom } from '../keyed-random.js';
import type { Level } from './levels.js';

/** Below the column's randomness: what the sides of levels are drawn from. */
const LEVELS = 3;

/**
 * Parts a node's levels into two random sets, all pairs of sets being equally likely; missing values go to a random side.
 *
 * Source: P. Geurts et al., "Extremely randomized trees", Machine Learning 63 (2006).
 *
 * @param levels By ascending code.
 * @returns The levels of the left side; undefined where there is one level and no missing value, or no level.
 */
export function drawLevels(levels: readonly Level[], random: KeyedRandom): readonly Level[] | undefined {
  const present = levels.filter(({ code }) => !Number.isNaN(code));
  if (present.length === 0 || levels.length === 1) return undefined;
  if (present.length === 1) return present;
  const missing = levels.slice(present.length);
  const left = drawSubset(present, random.at(LEVELS));
  return random.double(1) < 0.5 ? [...left, ...missing] : left;
}

/** Some of the levels: drawn until it is neither none nor all, twice on average for two levels, hardly ever for many. */
function drawSubset(levels: readonly Level[], random: KeyedRandom): readonly Level[] {
  for (let attempt = 0; ; attempt++) {
    const own = random.at(attempt);
    const drawn = levels.filter(({ code }) => own.double(code) < 0.5);
    if (drawn.length > 0 && drawn.length < levels.length) return drawn;
  }
}
