import { call, either, i32, memory, select, when, type Code, type Variable } from '../../wasm/wasm-code.js';
import { setValue, TERM, valueOf } from './kernel-fields.js';
import { rowsBetween, type Callees, type Grow } from './grow-parts.js';

/** Parts the node's histogram between its children, as far as they are large enough to use one. */
export function shareHistogram(grow: Grow, { addRows, removeRows, subtract }: Callees): readonly Code[] {
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
export function fill(
  histogram: Variable,
  start: Code,
  end: Code,
  { addRows }: Pick<Callees, 'addRows'>,
): readonly Code[] {
  return [
    setValue('unused', i32.sub(valueOf('unused'), i32.const(4))),
    histogram.set(i32.load(valueOf('unused'))),
    memory.fill(histogram.get, i32.const(0), i32.mul(valueOf('binCount'), i32.const(TERM.bytes))),
    call(addRows, histogram.get, start, end),
  ];
}

/** Gives a histogram back. */
export function release(histogram: Variable): readonly Code[] {
  return [i32.store(valueOf('unused'), histogram.get), setValue('unused', i32.add(valueOf('unused'), i32.const(4)))];
}
