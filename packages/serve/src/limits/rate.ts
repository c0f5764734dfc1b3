/** How many requests in how long. */
export interface Rate {
  readonly requests: number;
  readonly windowMs: number;
}

const UNITS: readonly (readonly [RegExp, number])[] = [
  [/^s(ec|econd)?$/, 1000],
  [/^m(in|inute)?$/, 60_000],
  [/^h(our)?$/, 3_600_000],
];

/**
 * Reads a rate such as `100/min`, `5/s` or `10000/hour`; undefined where it is none.
 */
export function parseRate(text: string): Rate | undefined {
  const [, count = '', unit = ''] = /^([1-9]\d{0,8}) ?\/ ?([a-z]+)$/.exec(text) ?? [];
  const windowMs = UNITS.find(([pattern]) => pattern.test(unit))?.[1];
  return windowMs === undefined ? undefined : { requests: Number(count), windowMs };
}
