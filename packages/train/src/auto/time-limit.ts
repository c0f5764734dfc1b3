import type { AutomaticOptions } from './automatic-options.js';

type TimeOptions = Pick<AutomaticOptions, 'timeBudgetMs' | 'search'>;

/** How long the search may take: by the budget or by the strategy's own limit, whichever is shorter; undefined without either. */
export function timeLimitSeconds({ timeBudgetMs = Infinity, search }: TimeOptions): number | undefined {
  const limit = Math.min(timeBudgetMs / 1000, search?.timeSeconds ?? Infinity);
  return limit === Infinity ? undefined : limit;
}

/**
 * The same options with one of `shares` equal parts of the time. A nested cross-validation searches once for the model and
 * once in each fold: with equal shares it measures a procedure of the same effort, and all together keep to the limit.
 */
export function withShareOfTime<Options extends TimeOptions>(options: Options, shares: number): Options {
  const { timeBudgetMs, search } = options;
  return {
    ...options,
    ...(timeBudgetMs === undefined ? {} : { timeBudgetMs: timeBudgetMs / shares }),
    ...(search?.timeSeconds === undefined ? {} : { search: { ...search, timeSeconds: search.timeSeconds / shares } }),
  };
}
