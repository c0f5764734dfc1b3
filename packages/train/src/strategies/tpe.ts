import { canonicalJson } from '@scorecast/core';
import { keyedRandom, type KeyedRandom } from '../keyed-random.js';
import type { Dimension } from './dimension.js';
import { numberLine } from './number-line.js';
import { categoricalParzen, numericParzen, type Parzen } from './parzen.js';
import { addressed, candidateAt, choosePoint, samplePoint, type Point } from './sample-space.js';
import type { SearchSpace } from './search-space.js';
import type { Strategy } from './strategy.js';

/** How many candidates are drawn at random before there is something to learn from. */
const STARTUP = 10;
/** How many candidates are evaluated side by side. Fixed, so that results do not depend on the number of threads. */
const BATCH = 4;
/** How many draws from the good ones compete for being the likeliest to improve. */
const DRAWS = 24;

/** A point and how good it is; -Infinity while it is being evaluated, or when it could not be fitted. */
interface Observation {
  readonly point: Point;
  readonly score: number;
}

/**
 * The tree-structured Parzen estimator: for each param, it draws where good candidates are dense and bad ones are not.
 * Good are the best `min(ceil(n / 10), 25)` of n. Each param is learned on its own, from those candidates in which it
 * exists and that share its estimator; the estimator is learned as a choice among the entries. Candidates of the same batch
 * count as bad while they wait (constant liar), which spreads a batch out.
 *
 * Source: J. Bergstra et al., "Algorithms for Hyper-Parameter Optimization", NIPS (2011); details as Optuna's sampler, but
 * for the batches and for the split into good and bad, which is made per estimator.
 *
 * @param options.seed An integer from 0 to 2^32 - 1.
 */
export function* tpe(space: SearchSpace, { seed }: { readonly seed: number }): Strategy {
  const random = keyedRandom(seed);
  const observed: Observation[] = [];
  for (;;) {
    const first = observed.length;
    const waiting: Observation[] = [];
    for (let i = 0; i < (first === 0 ? STARTUP : BATCH); i++) {
      const draws = random.at(first + i);
      const point = first === 0 ? samplePoint(space, draws) : proposePoint(space, [...observed, ...waiting], draws);
      waiting.push({ point, score: -Infinity });
    }
    const scores = yield { candidates: waiting.map(({ point }) => candidateAt(space, point)), share: 1 };
    observed.push(...waiting.map(({ point }, i) => ({ point, score: scores[i] })));
  }
}

function proposePoint(space: SearchSpace, observed: readonly Observation[], random: KeyedRandom): Point {
  return choosePoint(space, {
    entry: (count) => {
      const entries = { kind: 'choice' as const, options: [...Array(count).keys()] };
      const values = observed.map(({ point, score }) => ({ value: point.entry, score }));
      return entries.options[proposeChoice(entries.options, values, addressed(random, 'entry'))];
    },
    value: (entry, { name, path, dimension }) => {
      const here = observed.filter(({ point }) => point.entry === entry && point.values.has(name));
      const values = here.map(({ point, score }) => ({ value: point.values.get(name), score }));
      return proposeValue(dimension, values, addressed(random, path));
    },
  });
}

interface Scored {
  readonly value: unknown;
  readonly score: number;
}

function proposeValue(dimension: Dimension, observed: readonly Scored[], random: KeyedRandom): unknown {
  if (dimension.kind === 'fixed') return dimension.value;
  if (dimension.kind === 'choice') return dimension.options[proposeChoice(dimension.options, observed, random)];
  const line = numberLine(dimension);
  const parzen = (values: readonly unknown[]) =>
    numericParzen(line, values.filter((value) => typeof value === 'number').map(line.position));
  return line.value(likeliestToImprove(observed, parzen, random));
}

function proposeChoice(options: readonly unknown[], observed: readonly Scored[], random: KeyedRandom): number {
  if (options.length === 1) return 0;
  const indices = new Map(options.map((option, i) => [canonicalJson(option), i]));
  const parzen = (values: readonly unknown[]) =>
    categoricalParzen(
      options.length,
      values.map((value) => indices.get(canonicalJson(value)) ?? 0),
    );
  return likeliestToImprove(observed, parzen, random);
}

/** The draw from the good ones for which the density of the good over that of the bad is highest. */
function likeliestToImprove(
  observed: readonly Scored[],
  parzen: (values: readonly unknown[]) => Parzen<number>,
  random: KeyedRandom,
): number {
  const { good, bad } = split(observed);
  const [likely, unlikely] = [parzen(good), parzen(bad)];
  let best = { at: 0, gain: -Infinity };
  for (let i = 0; i < DRAWS; i++) {
    const at = likely.draw(random.at(i));
    const gain = likely.logDensity(at) - unlikely.logDensity(at);
    if (i === 0 || gain > best.gain) best = { at, gain };
  }
  return best.at;
}

/** Both in the order of the observations, which is that of their age. */
function split(observed: readonly Scored[]): { readonly good: readonly unknown[]; readonly bad: readonly unknown[] } {
  const finished = [...observed.keys()].filter((i) => observed[i].score > -Infinity);
  const ranked = finished.sort((a, b) => observed[b].score - observed[a].score || a - b);
  const best = new Set(ranked.slice(0, Math.min(Math.ceil(finished.length / 10), 25)));
  return {
    good: observed.filter((_, i) => best.has(i)).map(({ value }) => value),
    bad: observed.filter((_, i) => !best.has(i)).map(({ value }) => value),
  };
}
