import { cellParser, type CellParser, type CellSource, type Feature, type Problem, type Target } from '@scorecast/core';
import type { RawChunk } from './row-source.js';

/** Rows that are valid in every cell, and the problems of the others. */
export interface ParsedChunk {
  readonly rows: Int32Array;
  /** Per identifier the text of each row. */
  readonly texts: readonly (readonly (string | null)[])[];
  /** Per parsed field the number or level code of each row. */
  readonly cells: readonly Float64Array[];
  readonly problems: readonly Problem[];
}

/**
 * Prepares the parsing of chunks whose first columns are identifiers and whose others are these fields.
 *
 * @param identifiers How many columns are identifiers.
 */
export function chunkParser(
  identifiers: number,
  fields: readonly (Feature | Target)[],
  source: CellSource,
): (chunk: RawChunk) => ParsedChunk {
  const parsers = fields.map((field) => cellParser(field, source));
  return (chunk) => {
    const invalid = new Uint8Array(chunk.rows.length);
    const problems: Problem[] = [...chunk.problems];
    const cells = parsers.map((parse, f) => parseColumn(parse, chunk, identifiers + f, invalid, problems));
    const texts = chunk.values.slice(0, identifiers).map((column) => column.map(toText));
    if (problems.length === 0) return { rows: chunk.rows, texts, cells, problems };
    const valid = (_: unknown, i: number) => invalid[i] === 0;
    return {
      rows: chunk.rows.filter(valid),
      texts: texts.map((column) => column.filter(valid)),
      cells: cells.map((column) => column.filter(valid)),
      problems: problems.sort((a, b) => (a.row ?? 0) - (b.row ?? 0)),
    };
  };
}

function parseColumn(
  parse: CellParser,
  chunk: RawChunk,
  column: number,
  invalid: Uint8Array,
  problems: Problem[],
): Float64Array {
  const values = chunk.values[column];
  const cells = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const cell = parse(values[i]);
    if (typeof cell === 'number') {
      cells[i] = cell;
    } else {
      invalid[i] = 1;
      problems.push({ ...cell, row: chunk.rows[i] });
    }
  }
  return cells;
}

function toText(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
