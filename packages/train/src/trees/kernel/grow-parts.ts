import { F64, f64, I32, i32, I64, next, repeatWhile, type Code, type Variable } from '../../wasm/wasm-code.js';
import { ROW } from '../tally.js';
import { TERM } from './kernel-fields.js';

/** The numbers of the functions that `grow` calls. */
export interface Callees {
  readonly addRows: number;
  readonly removeRows: number;
  readonly subtract: number;
  readonly scanHistogram: number;
  readonly scanRows: number;
  readonly scanRandom: number;
  readonly cutPair: number;
  readonly divide: number;
  readonly draw: number;
}

/** What `grow` keeps on the way. */
export const growLocals = {
  terms: I32,
  targets: I32,
  // The task at hand.
  task: I32,
  start: I32,
  end: I32,
  depth: I32,
  path: I32,
  histogram: I32,
  centre: F64,
  scale: F64,
  extent: F64,
  // What its rows are.
  row: I32,
  number: I32,
  term: I32,
  target: F64,
  lowest: F64,
  highest: F64,
  weight: F64,
  total: F64,
  sum: F64,
  loss: F64,
  value: F64,
  ownCentre: F64,
  ownExtent: F64,
  middle: F64,
  node: I32,
  count: I32,
  found: I32,
  // Its children.
  split: I32,
  leftHistogram: I32,
  rightHistogram: I32,
  part: I32,
  partStart: I32,
  partEnd: I32,
  biased: I64,
} as const;

/** Their variables. */
export type Grow = Readonly<Record<keyof typeof growLocals, Variable>>;

/** Does the statements for each row of the node, whose number is `number`, its term at `term` and its target `target`. */
export function eachRow(
  { start, end, row, number, term, terms, target, targets }: Grow,
  ...statements: readonly Code[]
): Code {
  return [
    ...row.set(start.get),
    ...repeatWhile(
      i32.ne(row.get, end.get),
      number.set(i32.load(row.get)),
      term.set(i32.add(terms.get, i32.mul(number.get, i32.const(TERM.bytes)))),
      target.set(f64.load(i32.add(targets.get, i32.shl(number.get, i32.const(3))))),
      ...statements,
      next(row, 4),
    ),
  ];
}

/** A row's weight. */
export function weightOf({ term }: Grow): Code {
  return f64.sub(f64.load(term.get), f64.const(ROW));
}

/** A target as an integer. */
export function fixed({ centre, scale }: Grow, target: Code): Code {
  return f64.floor(f64.add(f64.mul(f64.sub(target, centre.get), scale.get), f64.const(0.5)));
}

/** How many rows there are from one address to another. */
export function rowsBetween(start: Code, end: Code): Code {
  return i32.shiftRight(i32.sub(end, start), i32.const(2));
}
