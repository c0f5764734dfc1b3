import {
  call,
  either,
  F64,
  f64,
  I32,
  i32,
  I64,
  i64,
  memory,
  next,
  repeatWhile,
  select,
  when,
  type Code,
  type Variable,
} from '../../boosting/histogram/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../boosting/histogram/wasm-module.js';
import { MOST_LOST, SUM_BITS } from '../fixed-point.js';
import { PATH_FACTOR, ROOT_PATH } from '../node-path.js';
import { fieldAddress, setValue, TASK, TERM, valueOf, type KernelField } from './kernel-fields.js';

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

const locals = {
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

type Grow = Readonly<Record<keyof typeof locals, Variable>>;

/** Code of `grow`, which grows a tree and returns the number of its nodes. */
export function growCode(rowUnit: number, thresholds: 'best' | 'random', callees: Callees): WasmFunction {
  return wasmFunction(
    'grow',
    {},
    locals,
    (grow) => {
      const { task, count } = grow;
      return [
        ...drawRows(grow, rowUnit),
        ...pushRoot(grow),
        repeatWhile(
          i32.ne(task.get, valueOf('stack')),
          ...takeTask(grow),
          ...openNode(grow, rowUnit),
          ...cutNode(grow, rowUnit, thresholds, callees),
        ),
        count.get,
      ];
    },
    I32,
  );
}

/** Lists the rows whose weight is above 0, and writes what each of them adds to a tally. */
function drawRows({ terms, targets, row, end, number, term, weight, count }: Grow, rowUnit: number): readonly Code[] {
  return [
    terms.set(valueOf('terms')),
    targets.set(valueOf('targets')),
    row.set(valueOf('rows')),
    term.set(valueOf('terms')),
    repeatWhile(
      i32.ne(number.get, valueOf('rowCount')),
      weight.set(f64.load(i32.add(valueOf('weights'), i32.shl(number.get, i32.const(3))))),
      f64.store(term.get, f64.add(weight.get, f64.const(rowUnit))),
      i32.store(row.get, number.get),
      row.set(i32.add(row.get, i32.shl(f64.gt(weight.get, f64.const(0)), i32.const(2)))),
      next(term, TERM.bytes),
      next(number, 1),
    ),
    end.set(row.get),
    count.set(i32.const(0)),
  ];
}

function pushRoot({ task, start, end, depth, histogram, centre, scale, extent }: Grow): readonly Code[] {
  return [
    task.set(valueOf('stack')),
    start.set(valueOf('rows')),
    i32.store(task.get, start.get, TASK.start),
    i32.store(task.get, end.get, TASK.end),
    i32.store(task.get, depth.get, TASK.depth),
    i32.store(task.get, i32.const(ROOT_PATH), TASK.path),
    i32.store(task.get, i32.const(fieldAddress('nobody')), TASK.link),
    i32.store(task.get, histogram.get, TASK.histogram),
    f64.store(task.get, centre.get, TASK.centre),
    f64.store(task.get, scale.get, TASK.scale),
    // No node keeps a fixed point that was made for infinity.
    extent.set(f64.const(Infinity)),
    f64.store(task.get, extent.get, TASK.extent),
    next(task, TASK.bytes),
  ];
}

function takeTask({ task, start, end, depth, path, histogram, centre, scale, extent }: Grow): readonly Code[] {
  return [
    next(task, -TASK.bytes),
    start.set(i32.load(task.get, TASK.start)),
    end.set(i32.load(task.get, TASK.end)),
    depth.set(i32.load(task.get, TASK.depth)),
    path.set(i32.load(task.get, TASK.path)),
    histogram.set(i32.load(task.get, TASK.histogram)),
    centre.set(f64.load(task.get, TASK.centre)),
    scale.set(f64.load(task.get, TASK.scale)),
    extent.set(f64.load(task.get, TASK.extent)),
  ];
}

/** Does the statements for each row of the node, whose number is `number`, its term at `term` and its target `target`. */
function eachRow(
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
function weightOf({ term }: Grow, rowUnit: number): Code {
  return rowUnit === 0 ? f64.load(term.get) : f64.sub(f64.load(term.get), f64.const(rowUnit));
}

/** Looks at the node's targets and adds it to the nodes. */
function openNode(grow: Grow, rowUnit: number): readonly Code[] {
  const { task, start, end, target, term, lowest, highest, weight, total, sum, loss, value, node, count } = grow;
  const distance = f64.sub(target.get, value.get);
  const eighth = (field: KernelField) => i32.add(valueOf(field), i32.shl(node.get, i32.const(1)));
  return [
    lowest.set(f64.const(Infinity)),
    highest.set(f64.const(-Infinity)),
    weight.set(f64.const(0)),
    total.set(f64.const(0)),
    sum.set(f64.const(0)),
    loss.set(f64.const(0)),
    eachRow(
      grow,
      lowest.set(f64.min(lowest.get, target.get)),
      highest.set(f64.max(highest.get, target.get)),
      weight.set(f64.add(weight.get, weightOf(grow, rowUnit))),
      total.set(f64.add(total.get, f64.mul(weightOf(grow, rowUnit), target.get))),
      sum.set(f64.add(sum.get, f64.load(term.get, TERM.sum))),
    ),
    value.set(
      select(f64.add(lowest.get, f64.const(0)), f64.div(total.get, weight.get), f64.eq(lowest.get, highest.get)),
    ),
    when(
      i32.and(valueOf('keepsLosses'), f64.ne(lowest.get, highest.get)),
      eachRow(grow, loss.set(f64.add(loss.get, f64.mul(weightOf(grow, rowUnit), f64.mul(distance, distance))))),
    ),
    i32.store(i32.load(task.get, TASK.link), count.get),
    node.set(i32.shl(count.get, i32.const(2))),
    i32.store(i32.add(valueOf('cutFeatures'), node.get), i32.const(-1)),
    f64.store(eighth('thresholds'), f64.const(0)),
    i32.store8(i32.add(valueOf('missingLefts'), count.get), i32.const(0)),
    i32.store(i32.add(valueOf('lefts'), node.get), i32.const(0)),
    i32.store(i32.add(valueOf('rights'), node.get), i32.const(0)),
    i32.store(i32.add(valueOf('rowCounts'), node.get), rowsBetween(start.get, end.get)),
    f64.store(eighth('values'), value.get),
    f64.store(eighth('covers'), weight.get),
    f64.store(eighth('losses'), loss.get),
    next(count, 1),
  ];
}

/** Cuts the node where it may and can be cut. */
function cutNode(grow: Grow, rowUnit: number, thresholds: 'best' | 'random', callees: Callees): readonly Code[] {
  const { start, end, depth, histogram, lowest, highest, weight, sum, ownCentre, ownExtent } = grow;
  const { middle, found, extent, split, path } = grow;
  const known = [f64.ofInteger(rowsBetween(start.get, end.get)), weight.get, middle.get, sum.get];
  const findRandom = [found.set(call(callees.scanRandom, start.get, end.get, path.get, ...known))];
  const findBest = [
    either(
      histogram.get,
      [found.set(call(callees.scanHistogram, histogram.get, ...known))],
      [
        either(
          i32.eq(rowsBetween(start.get, end.get), i32.const(2)),
          [found.set(call(callees.cutPair, start.get))],
          [found.set(call(callees.scanRows, start.get, end.get, ...known))],
        ),
      ],
    ),
  ];
  return [
    when(
      i32.and(
        f64.ne(lowest.get, highest.get),
        i32.and(i32.lt(depth.get, valueOf('maxDepth')), i32.ge(rowsBetween(start.get, end.get), valueOf('minGrow'))),
      ),
      ownCentre.set(f64.add(f64.mul(lowest.get, f64.const(0.5)), f64.mul(highest.get, f64.const(0.5)))),
      ownExtent.set(f64.mul(f64.sub(highest.get, ownCentre.get), weight.get)),
      when(
        i32.isZero(f64.ge(f64.mul(ownExtent.get, f64.const(MOST_LOST)), extent.get)),
        ...fixTargets(grow, rowUnit),
        when(histogram.get, ...release(histogram)),
        histogram.set(i32.const(0)),
        when(
          i32.ge(rowsBetween(start.get, end.get), valueOf('minDense')),
          ...fill(histogram, start.get, end.get, callees),
        ),
      ),
      middle.set(fixed(grow, ownCentre.get)),
      sum.set(f64.sub(sum.get, f64.mul(weight.get, middle.get))),
      when(i32.lt(valueOf('drawCount'), valueOf('featureCount')), call(callees.draw, start.get, end.get, path.get)),
      ...(thresholds === 'random' ? findRandom : findBest),
      when(
        found.get,
        split.set(call(callees.divide, start.get, end.get)),
        ...writeCut(grow, thresholds),
        ...shareHistogram(grow, callees),
        ...push(grow, split.get, end.get, 'rights', grow.rightHistogram),
        ...push(grow, start.get, split.get, 'lefts', grow.leftHistogram),
      ),
    ),
    when(histogram.get, ...release(histogram)),
  ];
}

/** Writes the node's cut: at its random threshold, or as `midpoint` between two values. */
function writeCut(
  { node, start, end, split, lowest, highest, middle }: Grow,
  thresholds: 'best' | 'random',
): readonly Code[] {
  const tableValue = (field: KernelField, bin: KernelField) =>
    f64.load(i32.add(valueOf(field), i32.shl(valueOf(bin), i32.const(3))));
  const half = ({ get }: Variable) => f64.mul(get, f64.const(0.5));
  const isMoreLeft = i32.lt(i32.sub(end.get, split.get), i32.sub(split.get, start.get));
  const between = [
    lowest.set(tableValue('lows', 'cutLow')),
    highest.set(tableValue('highs', 'cutHigh')),
    middle.set(f64.add(half(lowest), half(highest))),
    middle.set(select(middle.get, lowest.get, f64.lt(middle.get, highest.get))),
  ];
  return [
    ...(thresholds === 'random' ? [middle.set(f64.load(valueOf('cutThreshold')))] : between),
    i32.store(
      i32.add(valueOf('cutFeatures'), node.get),
      i32.load(i32.add(valueOf('features'), i32.shl(valueOf('cutHigh'), i32.const(2)))),
    ),
    f64.store(i32.add(valueOf('thresholds'), i32.shl(node.get, i32.const(1))), middle.get),
    i32.store8(i32.add(valueOf('missingLefts'), i32.shiftRight(node.get, i32.const(2))), isMoreLeft),
  ];
}

/** Makes a fixed point for the node and writes its rows' sums in it. */
function fixTargets(grow: Grow, rowUnit: number): readonly Code[] {
  const { centre, scale, extent, ownCentre, ownExtent, sum, target, term, biased } = grow;
  const [LARGEST, BITS] = [2046n, 52n];
  return [
    centre.set(ownCentre.get),
    extent.set(ownExtent.get),
    // A double's exponent stands above its 52 bits of fraction, 1023 too large.
    biased.set(i64.sub(i64.const(BigInt(SUM_BITS) + 2045n), i64.shiftRight(i64.bitsOf(extent.get), i64.const(BITS)))),
    scale.set(
      f64.ofBits(
        i64.shl(select(biased.get, i64.const(LARGEST), i64.lt(biased.get, i64.const(LARGEST))), i64.const(BITS)),
      ),
    ),
    sum.set(f64.const(0)),
    eachRow(
      grow,
      f64.store(term.get, f64.mul(weightOf(grow, rowUnit), fixed(grow, target.get)), TERM.sum),
      sum.set(f64.add(sum.get, f64.load(term.get, TERM.sum))),
    ),
  ];
}

/** A target as an integer. */
function fixed({ centre, scale }: Grow, target: Code): Code {
  return f64.floor(f64.add(f64.mul(f64.sub(target, centre.get), scale.get), f64.const(0.5)));
}

/** Parts the node's histogram between its children, as far as they are large enough to use one. */
function shareHistogram(grow: Grow, { addRows, removeRows, subtract }: Callees): readonly Code[] {
  const { start, end, split, depth, histogram, leftHistogram, rightHistogram, part, partStart, partEnd } = grow;
  const isLeftSmall = i32.le(rowsBetween(start.get, split.get), rowsBetween(split.get, end.get));
  const partRows = rowsBetween(partStart.get, partEnd.get);
  return [
    leftHistogram.set(i32.const(0)),
    rightHistogram.set(i32.const(0)),
    when(
      i32.and(i32.ne(histogram.get, i32.const(0)), i32.lt(i32.add(depth.get, i32.const(1)), valueOf('maxDepth'))),
      partStart.set(select(start.get, split.get, isLeftSmall)),
      partEnd.set(select(split.get, end.get, isLeftSmall)),
      when(
        i32.ge(i32.sub(rowsBetween(start.get, end.get), partRows), valueOf('minDense')),
        part.set(i32.const(0)),
        either(
          i32.ge(partRows, valueOf('minDense')),
          [...fill(part, partStart.get, partEnd.get, { addRows }), call(subtract, histogram.get, part.get)],
          [call(removeRows, histogram.get, partStart.get, partEnd.get)],
        ),
        leftHistogram.set(select(part.get, histogram.get, isLeftSmall)),
        rightHistogram.set(select(histogram.get, part.get, isLeftSmall)),
        histogram.set(i32.const(0)),
      ),
    ),
  ];
}

/** Takes an unused histogram and adds the rows up in it. */
function fill(histogram: Variable, start: Code, end: Code, { addRows }: Pick<Callees, 'addRows'>): readonly Code[] {
  return [
    setValue('unused', i32.sub(valueOf('unused'), i32.const(4))),
    histogram.set(i32.load(valueOf('unused'))),
    memory.fill(histogram.get, i32.const(0), i32.mul(valueOf('binCount'), i32.const(TERM.bytes))),
    call(addRows, histogram.get, start, end),
  ];
}

function release(histogram: Variable): readonly Code[] {
  return [i32.store(valueOf('unused'), histogram.get), setValue('unused', i32.add(valueOf('unused'), i32.const(4)))];
}

/** Puts a child on the stack. */
function push(grow: Grow, start: Code, end: Code, side: 'lefts' | 'rights', histogram: Variable): readonly Code[] {
  const { task, depth, path, node, centre, scale, extent } = grow;
  const childPath = i32.add(i32.mul(path.get, i32.const(PATH_FACTOR | 0)), i32.const(side === 'lefts' ? 1 : 2));
  return [
    i32.store(task.get, start, TASK.start),
    i32.store(task.get, end, TASK.end),
    i32.store(task.get, i32.add(depth.get, i32.const(1)), TASK.depth),
    i32.store(task.get, childPath, TASK.path),
    i32.store(task.get, i32.add(valueOf(side), node.get), TASK.link),
    i32.store(task.get, histogram.get, TASK.histogram),
    f64.store(task.get, centre.get, TASK.centre),
    f64.store(task.get, scale.get, TASK.scale),
    f64.store(task.get, extent.get, TASK.extent),
    next(task, TASK.bytes),
  ];
}

/** How many rows there are from one address to another. */
function rowsBetween(start: Code, end: Code): Code {
  return i32.shiftRight(i32.sub(end, start), i32.const(2));
}
