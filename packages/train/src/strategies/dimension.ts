/** The condition under which a param exists: for each other param the value, or the list of values, that it must have. */
export type Condition = Readonly<Record<string, unknown>>;

interface Conditional {
  /** Without it the param always exists. */
  readonly when?: Condition;
}

/** What may be chosen for one param: plain JSON. Ranges include both ends. */
export type Dimension = Conditional &
  (
    | { readonly kind: 'fixed'; readonly value: unknown }
    | { readonly kind: 'choice'; readonly options: readonly unknown[] }
    | {
        /** Evenly over the range, or evenly over its logarithms; numbers or whole numbers. */
        readonly kind: 'uniform' | 'log-uniform' | 'integer' | 'log-integer';
        readonly min: number;
        readonly max: number;
      }
  );

/** A dimension that is a range of numbers. */
export type NumericDimension = Extract<Dimension, { readonly min: number }>;

/**
 * One of several values, without an order.
 *
 * @example
 * choice(['uniform', 'distance']); // => { "kind": "choice", "options": ["uniform", "distance"] }
 */
export function choice(options: readonly unknown[]): Dimension {
  return { kind: 'choice', options };
}

/**
 * A number from `min` to `max`, kept to about five digits: a param needs no more.
 *
 * @example
 * uniform(0.3, 1).kind; // => "uniform"
 */
export function uniform(min: number, max: number): Dimension {
  return { kind: 'uniform', min, max };
}

/**
 * A number from `min`, above 0, to `max`, whose logarithm is evenly spread: as many from .01 to .1 as from .1 to 1.
 *
 * @example
 * logUniform(0.01, 100).kind; // => "log-uniform"
 */
export function logUniform(min: number, max: number): Dimension {
  return { kind: 'log-uniform', min, max };
}

/**
 * A whole number from `min` to `max`.
 *
 * @param options.log Whether its logarithm is evenly spread (default false); then `min` is at least 1.
 * @example
 * integer(1, 64, { log: true }).kind; // => "log-integer"
 */
export function integer(min: number, max: number, { log = false }: { readonly log?: boolean } = {}): Dimension {
  return { kind: log ? 'log-integer' : 'integer', min, max };
}

/**
 * A value that is not searched; it can be a condition of others.
 *
 * @example
 * fixed(['a', 'list']).kind; // => "fixed"
 */
export function fixed(value: unknown): Dimension {
  return { kind: 'fixed', value };
}

/**
 * A param that exists only where params named before it have certain values.
 *
 * @example
 * when({ loss: ['huber', 'quantile'] }, uniform(0.5, 0.99)).when; // => { "loss": ["huber", "quantile"] }
 */
export function when(condition: Condition, dimension: Dimension): Dimension {
  return { ...dimension, when: condition };
}
