import {
  call,
  either,
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
} from '../../wasm/wasm-code.js';
import { wasmFunction, type WasmFunction } from '../../wasm/wasm-module.js';
import { PLACE, TERM, valueOf } from './kernel-fields.js';
import { nodeParams, scanLocals, scanPlaces, takeBetter, termOf, weighCut, type Scan } from './scan-parts.js';

/** Code of `scanHistogram`, which finds the best cut of a node by its histogram; its result is 0 where there is none. */
export function scanHistogramCode(): WasmFunction {
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
        either(i32.load(place.get, PLACE.isRanked), eachBin(...tryRanked(scan)), [
          next(bin, 1),
          ...eachBin(...tryDigit(scan)),
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
export function scanRowsCode(width: number, addRows: number): WasmFunction {
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
            ...tryRanked(scan),
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
          when(f64.ne(f64.load(at.get), f64.const(0)), ...tryDigit(scan), ...clear),
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

/** Tries the cut below the bin, whose term is at `at`, and adds it to the lower side. */
function tryRanked(scan: Scan): readonly Code[] {
  const { bin, low, at, tally, rawSum } = scan;
  return [
    ...weighCut(scan, takeBetter(scan)),
    low.set(bin.get),
    tally.set(f64.add(tally.get, f64.load(at.get))),
    rawSum.set(f64.add(rawSum.get, f64.load(at.get, TERM.sum))),
  ];
}

/** Tries the cut of the bin from all others. */
function tryDigit(scan: Scan): readonly Code[] {
  const { bin, low, at, tally, rawSum } = scan;
  return [
    low.set(bin.get),
    tally.set(f64.load(at.get)),
    rawSum.set(f64.load(at.get, TERM.sum)),
    ...weighCut(scan, takeBetter(scan)),
  ];
}
