import {
  call,
  either,
  F64,
  f64,
  I32,
  i32,
  I64,
  i64,
  next,
  repeatWhile,
  when,
  whileTrue,
  type Code,
  type Variable,
} from '../../boosting/histogram/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../boosting/histogram/wasm-module.js';
import { ROW } from '../tally.js';
import { NO_FEATURE, PLACE, setValue, TERM, valueOf } from './kernel-fields.js';

/** What is known of the node. */
const nodeParams = { rowCount: F64, weight: F64, middle: F64, sum: F64 } as const;

/** What both scans keep on the way; `side` is one side of the cut that is tried, `low` and `bin` are next to it. */
const scanLocals = {
  place: I32,
  lastPlace: I32,
  first: I32,
  bin: I32,
  low: I32,
  at: I32,
  minRows: F64,
  tally: F64,
  rawSum: F64,
  sideRows: F64,
  sideWeight: F64,
  sideSum: F64,
  restSum: F64,
  restWeight: F64,
  gain: F64,
  best: F64,
  feature: I32,
  bestFeature: I32,
} as const;

type Scan = Readonly<Record<keyof typeof nodeParams | keyof typeof scanLocals, Variable>>;

/** Code of `scanHistogram`, which finds the best cut of a node by its histogram; its result is 0 where there is none. */
export function scanHistogramCode(countsRows: boolean): WasmFunction {
  return wasmFunction(
    'scanHistogram',
    { histogram: I32, ...nodeParams },
    { ...scanLocals, last: I32 },
    ({ histogram, last, ...scan }) => {
      const { bin, at, first, place } = scan;
      const eachBin = (...statements: readonly Code[]) => [
        at.set(termOf(histogram, bin.get)),
        repeatWhile(
          i32.ne(bin.get, last.get),
          when(f64.ne(f64.load(at.get), f64.const(0)), ...statements),
          next(at, TERM.bytes),
          next(bin, 1),
        ),
      ];
      return scanPlaces(scan, [
        bin.set(first.get),
        last.set(i32.load(place.get, PLACE.end)),
        either(i32.load(place.get, PLACE.isRanked), eachBin(...tryRanked(scan, countsRows)), [
          next(bin, 1),
          ...eachBin(...tryDigit(scan, countsRows)),
        ]),
      ]);
    },
    I32,
  );
}

/**
 * Code of `scanRows`, which does the same by the rows: they are added up where bins are empty between nodes, and only the
 * bins that came by are tried.
 *
 * @param addRows The number of the function that adds them up.
 */
export function scanRowsCode(width: number, countsRows: boolean, addRows: number): WasmFunction {
  return wasmFunction(
    'scanRows',
    { rows: I32, end: I32, ...nodeParams },
    { ...scanLocals, last: I32, row: I32, bins: I32, counts: I32, seen: I32, word: I32, lastWord: I32, bits: I64 },
    ({ rows, end, last, row, bins, counts, seen, word, lastWord, bits, ...scan }) => {
      const { bin, at, first, place } = scan;
      const inPlace = i32.sub(bin.get, first.get);
      const clear = [f64.store(at.get, f64.const(0)), f64.store(at.get, f64.const(0), TERM.sum)];
      const eachRow = (...statements: readonly Code[]) => [
        row.set(rows.get),
        bins.set(i32.add(valueOf('bins'), i32.load(place.get, PLACE.offset))),
        repeatWhile(
          i32.ne(row.get, end.get),
          bin.set(i32.load16(i32.add(bins.get, i32.mul(i32.load(row.get), i32.const(2 * width))))),
          ...statements,
          next(row, 4),
        ),
      ];
      const clearRows = eachRow(at.set(termOf(counts, bin.get)), ...clear);
      const noteBins = eachRow(
        // One bit for each bin, 64 to a word of 8 bytes.
        word.set(i32.add(seen.get, i32.shl(i32.shiftRight(inPlace, i32.const(6)), i32.const(3)))),
        i64.store(word.get, i64.or(i64.load(word.get), i64.shl(i64.const(1n), i64.extend(inPlace)))),
      );
      const tryNoted = [
        word.set(seen.get),
        lastWord.set(i32.add(seen.get, i32.shl(i32.load(place.get, PLACE.words), i32.const(3)))),
        repeatWhile(
          i32.ne(word.get, lastWord.get),
          bits.set(i64.load(word.get)),
          i64.store(word.get, i64.const(0n)),
          whileTrue(
            i64.ne(bits.get, i64.const(0n)),
            bin.set(i32.add(first.get, i32.wrap(i64.trailingZeros(bits.get)))),
            at.set(termOf(counts, bin.get)),
            ...tryRanked(scan, countsRows),
            ...clear,
            bits.set(i64.and(bits.get, i64.sub(bits.get, i64.const(1n)))),
          ),
          next(word, 8),
          next(first, 64),
        ),
      ];
      const tryAll = [
        bin.set(first.get),
        last.set(i32.load(place.get, PLACE.end)),
        at.set(termOf(counts, bin.get)),
        ...clear,
        repeatWhile(
          i32.ne(bin.get, last.get),
          when(f64.ne(f64.load(at.get), f64.const(0)), ...tryDigit(scan, countsRows), ...clear),
          next(at, TERM.bytes),
          next(bin, 1),
        ),
      ];
      return [
        counts.set(valueOf('counts')),
        seen.set(valueOf('seen')),
        call(addRows, counts.get, rows.get, end.get),
        ...scanPlaces(
          scan,
          [either(i32.load(place.get, PLACE.isRanked), [...noteBins, ...tryNoted], tryAll)],
          clearRows,
        ),
      ];
    },
    I32,
  );
}

/** The address of a row's or bin's term. */
function termOf({ get }: Variable, index: Code): Code {
  return i32.add(get, i32.mul(index, i32.const(TERM.bytes)));
}

/** Does the statements for each place that may be cut, and others for those that may not. */
function scanPlaces(scan: Scan, statements: readonly Code[], ifClosed: readonly Code[] = []): readonly Code[] {
  const { place, lastPlace, first, tally, rawSum, minRows, best, bestFeature } = scan;
  return [
    place.set(valueOf('places')),
    lastPlace.set(valueOf('lastPlace')),
    minRows.set(f64.ofInteger(valueOf('minRows'))),
    best.set(f64.const(-Infinity)),
    bestFeature.set(i32.const(NO_FEATURE)),
    repeatWhile(
      i32.ne(place.get, lastPlace.get),
      first.set(i32.load(place.get, PLACE.first)),
      tally.set(f64.const(0)),
      rawSum.set(f64.const(0)),
      either(i32.load(place.get, PLACE.isOpen), statements, ifClosed),
      next(place, PLACE.bytes),
    ),
    i32.ne(bestFeature.get, i32.const(NO_FEATURE)),
  ];
}

/** Tries the cut below the bin, whose term is at `at`, and adds it to the lower side. */
function tryRanked(scan: Scan, countsRows: boolean): readonly Code[] {
  const { bin, low, at, tally, rawSum } = scan;
  return [
    ...tryCut(scan, countsRows),
    low.set(bin.get),
    tally.set(f64.add(tally.get, f64.load(at.get))),
    rawSum.set(f64.add(rawSum.get, f64.load(at.get, TERM.sum))),
  ];
}

/** Tries the cut of the bin from all others. */
function tryDigit(scan: Scan, countsRows: boolean): readonly Code[] {
  const { bin, low, at, tally, rawSum } = scan;
  return [
    low.set(bin.get),
    tally.set(f64.load(at.get)),
    rawSum.set(f64.load(at.get, TERM.sum)),
    ...tryCut(scan, countsRows),
  ];
}

/** Takes the cut when it is better than the best so far, or as good and of an earlier feature. */
function tryCut(scan: Scan, countsRows: boolean): readonly Code[] {
  const { rowCount, weight, middle, sum, minRows, tally, rawSum, sideRows, sideWeight, restWeight } = scan;
  const { sideSum, restSum, place, bin, low, gain, best, feature, bestFeature } = scan;
  const isEnough = (rows: Code) => f64.ge(rows, minRows.get);
  const square = ({ get }: Variable) => f64.mul(get, get);
  const weigh = [
    sideSum.set(f64.sub(rawSum.get, f64.mul(sideWeight.get, middle.get))),
    restSum.set(f64.sub(sum.get, sideSum.get)),
    restWeight.set(f64.sub(weight.get, sideWeight.get)),
    gain.set(f64.add(f64.div(square(sideSum), sideWeight.get), f64.div(square(restSum), restWeight.get))),
    when(
      f64.ge(gain.get, best.get),
      feature.set(i32.load(i32.add(valueOf('features'), i32.shl(bin.get, i32.const(2))))),
      when(
        i32.and(
          i32.load8(i32.add(valueOf('allowed'), feature.get)),
          i32.or(f64.gt(gain.get, best.get), i32.lt(feature.get, bestFeature.get)),
        ),
        best.set(gain.get),
        bestFeature.set(feature.get),
        setValue('cutPlace', place.get),
        setValue('cutLow', low.get),
        setValue('cutHigh', bin.get),
      ),
    ),
  ];
  // A side without rows has no gain: 0 / 0 is not above the best.
  if (!countsRows) return [sideWeight.set(tally.get), ...weigh];
  return [
    sideRows.set(f64.floor(f64.mul(tally.get, f64.const(1 / ROW)))),
    when(
      i32.and(isEnough(sideRows.get), isEnough(f64.sub(rowCount.get, sideRows.get))),
      sideWeight.set(f64.sub(tally.get, f64.mul(sideRows.get, f64.const(ROW)))),
      ...weigh,
    ),
  ];
}
