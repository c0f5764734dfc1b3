import { f64, i32, i64, next, select, when, type Code } from '../../wasm/wasm-code.js';
import { SUM_BITS } from '../fixed-point.js';
import { TASK, TERM, valueOf, type KernelField } from './kernel-fields.js';
import { eachRow, fixed, rowsBetween, weightOf, type Grow } from './grow-parts.js';

/** Looks at the node's targets and adds it to the nodes. */
export function openNode(grow: Grow): readonly Code[] {
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
      weight.set(f64.add(weight.get, weightOf(grow))),
      total.set(f64.add(total.get, f64.mul(weightOf(grow), target.get))),
      sum.set(f64.add(sum.get, f64.load(term.get, TERM.sum))),
    ),
    value.set(
      select(f64.add(lowest.get, f64.const(0)), f64.div(total.get, weight.get), f64.eq(lowest.get, highest.get)),
    ),
    when(
      i32.and(valueOf('keepsLosses'), f64.ne(lowest.get, highest.get)),
      eachRow(grow, loss.set(f64.add(loss.get, f64.mul(weightOf(grow), f64.mul(distance, distance))))),
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

/** Makes a fixed point for the node and writes its rows' sums in it. */
export function fixTargets(grow: Grow): readonly Code[] {
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
      f64.store(term.get, f64.mul(weightOf(grow), fixed(grow, target.get)), TERM.sum),
      sum.set(f64.add(sum.get, f64.load(term.get, TERM.sum))),
    ),
  ];
}
