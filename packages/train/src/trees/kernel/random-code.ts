import {
  call,
  either,
  F64,
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
import { mixing } from '../../keyed-random.js';
import { PLACE, TERM, valueOf, type KernelField } from './kernel-fields.js';
import { nodeParams, scanLocals, scanPlaces, takeBetter, termOf, weighCut } from './scan-parts.js';

// The number of a feature's draw in a node.
const THRESHOLD = 0;

const params = { rows: I32, end: I32, path: I32, ...nodeParams } as const;

const locals = {
  ...scanLocals,
  last: I32,
  row: I32,
  bins: I32,
  counts: I32,
  terms: I32,
  nodeSeed: I32,
  ownSeed: I32,
  lowest: F64,
  highest: F64,
  share: F64,
  threshold: F64,
  isLeft: F64,
} as const;

type Scan = Readonly<Record<keyof typeof params | keyof typeof locals, Variable>>;

/** What the code is made for. */
interface Target {
  readonly width: number;
  /** The numbers of the functions that it calls. */
  readonly callees: Readonly<Record<'addRows' | 'mix', number>>;
}

/**
 * Code of `scanRandom`, which finds the best of one random cut per feature; its result is 0 where there is none. The rows
 * are added up by bin where bins are empty between nodes.
 */
export function scanRandomCode(target: Target): WasmFunction {
  return wasmFunction(
    'scanRandom',
    params,
    locals,
    (scan) => {
      const { rows, end, path, counts, terms, nodeSeed, place } = scan;
      return [
        counts.set(valueOf('counts')),
        terms.set(valueOf('terms')),
        nodeSeed.set(seedBelow(target, valueOf('seed'), path.get)),
        call(target.callees.addRows, counts.get, rows.get, end.get),
        ...scanPlaces(
          scan,
          [either(i32.load(place.get, PLACE.isRanked), tryRanked(scan, target), tryDigit(scan, target))],
          clearRows(scan, target),
        ),
      ];
    },
    I32,
  );
}

/** Cuts a ranked column between its values in the node. */
function tryRanked(scan: Scan, target: Target): readonly Code[] {
  const { first, bin, row, terms, low, tally, rawSum, lowest, highest, threshold, isLeft } = scan;
  const value = tableValue(scan, 'lows');
  const addIfLeft = (sum: Variable, offset: number) =>
    sum.set(f64.add(sum.get, f64.mul(isLeft.get, f64.load(termOf(terms, i32.load(row.get)), offset))));
  const isLastLeft = i32.and(f64.gt(isLeft.get, f64.const(0)), i32.lt(low.get, bin.get));
  return [
    ...clearRows(scan, target),
    lowest.set(f64.const(Infinity)),
    highest.set(f64.const(-Infinity)),
    ...eachRow(scan, target, lowest.set(f64.min(lowest.get, value)), highest.set(f64.max(highest.get, value))),
    when(
      f64.ne(lowest.get, highest.get),
      setOwnSeed(scan, target, i32.load(i32.add(valueOf('features'), i32.shl(first.get, i32.const(2))))),
      ...drawThreshold(scan, target),
      low.set(first.get),
      ...eachRow(
        scan,
        target,
        isLeft.set(f64.ofInteger(f64.ge(threshold.get, value))),
        addIfLeft(tally, 0),
        addIfLeft(rawSum, TERM.sum),
        low.set(select(bin.get, low.get, isLastLeft)),
      ),
      ...weighCut(scan, takeBetter(scan, keepThreshold(scan))),
    ),
  ];
}

/** Cuts each feature of a digit between its two values. */
function tryDigit(scan: Scan, target: Target): readonly Code[] {
  const { first, bin, last, place, at, counts, low, tally, rawSum, lowest, highest, feature } = scan;
  const between = [
    setOwnSeed(scan, target, feature.get),
    lowest.set(tableValue(scan, 'lows')),
    highest.set(tableValue(scan, 'highs')),
    ...drawThreshold(scan, target),
  ];
  return [
    bin.set(first.get),
    last.set(i32.load(place.get, PLACE.end)),
    at.set(termOf(counts, bin.get)),
    ...clearTerm(scan),
    repeatWhile(
      i32.ne(bin.get, last.get),
      when(
        f64.ne(f64.load(at.get), f64.const(0)),
        low.set(bin.get),
        tally.set(f64.load(at.get)),
        rawSum.set(f64.load(at.get, TERM.sum)),
        ...weighCut(scan, takeBetter(scan, ...between, keepThreshold(scan))),
        ...clearTerm(scan),
      ),
      next(at, TERM.bytes),
      next(bin, 1),
    ),
  ];
}

function keepThreshold({ threshold }: Scan): Code {
  return f64.store(valueOf('cutThreshold'), threshold.get);
}

/** From the lowest value up to but not at the highest. */
function drawThreshold(scan: Scan, target: Target): readonly Code[] {
  const { lowest, highest, share, threshold } = scan;
  const rest = f64.sub(f64.const(1), share.get);
  return [
    share.set(f64.mul(draw(scan, target, THRESHOLD), f64.const(2 ** -32))),
    threshold.set(f64.add(f64.mul(lowest.get, rest), f64.mul(highest.get, share.get))),
    threshold.set(select(f64.max(threshold.get, lowest.get), lowest.get, f64.lt(threshold.get, highest.get))),
  ];
}

/** A feature's draw in the node, from 0 to 2^32 - 1. */
function draw({ ownSeed }: Scan, { callees }: Target, index: number): Code {
  const number = call(callees.mix, i32.const(index ^ mixing.index));
  return f64.ofUnsigned(call(callees.mix, i32.add(ownSeed.get, number)));
}

function setOwnSeed({ nodeSeed, ownSeed }: Scan, target: Target, feature: Code): Code {
  return ownSeed.set(seedBelow(target, nodeSeed.get, i32.add(feature, i32.const(1))));
}

function seedBelow({ callees: { mix } }: Target, seed: Code, key: Code): Code {
  const mixed = call(mix, i32.add(key, i32.const(mixing.key | 0)));
  return call(mix, i32.xor(seed, i32.mul(mixed, i32.const(mixing.keyFactor | 0))));
}

/** Empties the bins of the node's rows in a place. */
function clearRows(scan: Scan, target: Target): readonly Code[] {
  const { bins, place, at, counts, bin } = scan;
  return [
    bins.set(i32.add(valueOf('bins'), i32.load(place.get, PLACE.offset))),
    ...eachRow(scan, target, at.set(termOf(counts, bin.get)), ...clearTerm(scan)),
  ];
}

function clearTerm({ at }: Scan): readonly Code[] {
  return [f64.store(at.get, f64.const(0)), f64.store(at.get, f64.const(0), TERM.sum)];
}

/** Does the statements for each row of the node, whose bin is `bin`. */
function eachRow({ rows, end, row, bins, bin }: Scan, { width }: Target, ...statements: readonly Code[]): Code[] {
  return [
    row.set(rows.get),
    repeatWhile(
      i32.ne(row.get, end.get),
      bin.set(i32.load16(i32.add(bins.get, i32.mul(i32.load(row.get), i32.const(2 * width))))),
      ...statements,
      next(row, 4),
    ),
  ];
}

/** The bin's value as the lower or the higher one of a cut. */
function tableValue({ bin }: Scan, table: Extract<KernelField, 'lows' | 'highs'>): Code {
  return f64.load(i32.add(valueOf(table), i32.shl(bin.get, i32.const(3))));
}
