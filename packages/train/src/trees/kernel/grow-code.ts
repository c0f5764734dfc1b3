import {
  call,
  either,
  f64,
  I32,
  i32,
  next,
  repeatWhile,
  select,
  when,
  type Code,
  type Variable,
} from '../../wasm/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../wasm/wasm-module.js';
import { MOST_LOST } from '../fixed-point.js';
import { PATH_FACTOR, ROOT_PATH } from '../node-path.js';
import { ROW } from '../tally.js';
import { fieldAddress, TASK, TERM, valueOf, type KernelField } from './kernel-fields.js';
import { fixed, growLocals, rowsBetween, type Callees, type Grow } from './grow-parts.js';
import { fixTargets, openNode } from './open-code.js';
import { fill, release, shareHistogram } from './share-code.js';

/** Code of `grow`, which grows a tree and returns the number of its nodes. */
export function growCode(thresholds: 'best' | 'random', callees: Callees): WasmFunction {
  return wasmFunction(
    'grow',
    {},
    growLocals,
    (grow) => {
      const { task, count } = grow;
      return [
        ...drawRows(grow),
        ...pushRoot(grow),
        repeatWhile(
          i32.ne(task.get, valueOf('stack')),
          ...takeTask(grow),
          ...openNode(grow),
          ...cutNode(grow, thresholds, callees),
        ),
        count.get,
      ];
    },
    I32,
  );
}

/** Lists the rows whose weight is above 0, and writes what each of them adds to a tally. */
function drawRows({ terms, targets, row, end, number, term, weight, count }: Grow): readonly Code[] {
  return [
    terms.set(valueOf('terms')),
    targets.set(valueOf('targets')),
    row.set(valueOf('rows')),
    term.set(valueOf('terms')),
    repeatWhile(
      i32.ne(number.get, valueOf('rowCount')),
      weight.set(f64.load(i32.add(valueOf('weights'), i32.shl(number.get, i32.const(3))))),
      f64.store(term.get, f64.add(weight.get, f64.const(ROW))),
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

/** Cuts the node where it may and can be cut. */
function cutNode(grow: Grow, thresholds: 'best' | 'random', callees: Callees): readonly Code[] {
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
        ...fixTargets(grow),
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
