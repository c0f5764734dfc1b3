import { cellParser, type CellSource, type Target } from '@scorecast/core';

const ANY_NUMBER: Target = { kind: 'target', name: '', aliases: [], label: '', integer: false };

/** How many different values are told apart; a column with more has too many to list anyway. */
const COUNTED_VALUES = 100_000;

/** A value that does not fit the rest of its column. */
export interface OddValue {
  readonly row: number;
  readonly value: string;
}

/** What is remembered about a column while its values pass by. */
export class ColumnSketch {
  /** How many values are there, how many are missing, and how many of those that are there are numbers. */
  present = 0;
  missing = 0;
  numbers = 0;
  min = Infinity;
  max = -Infinity;
  /** Whether all numbers are whole and written without a fraction. */
  integer = true;
  /** Whether every number is one more than the number before it. */
  sequential = true;
  /** Whether no value came twice, as far as values are told apart. */
  unique = true;
  firstOdd: OddValue | undefined;
  /** How often each value came; complete unless `tooMany`. */
  readonly counts = new Map<string, number>();
  tooMany = false;

  private readonly parse;
  private last = Number.NaN;

  constructor(
    readonly name: string,
    source: CellSource,
  ) {
    this.parse = cellParser(ANY_NUMBER, source);
  }

  add(value: unknown, row: number): void {
    if (value === null || value === undefined) {
      this.missing++;
      return;
    }
    this.present++;
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    this.count(text);
    const number = this.parse(value);
    if (typeof number === 'number') this.addNumber(number, typeof value === 'string' && /[.,e]/i.test(value));
    else this.firstOdd ??= { row, value: text };
  }

  private addNumber(number: number, hasFraction: boolean): void {
    this.numbers++;
    if (number < this.min) this.min = number;
    if (number > this.max) this.max = number;
    if (hasFraction || !Number.isInteger(number)) this.integer = false;
    if (this.numbers > 1 && number !== this.last + 1) this.sequential = false;
    this.last = number;
  }

  private count(text: string): void {
    const before = this.counts.get(text);
    if (before !== undefined) this.unique = false;
    else if (this.counts.size === COUNTED_VALUES) this.tooMany = true;
    if (before !== undefined || !this.tooMany) this.counts.set(text, (before ?? 0) + 1);
  }
}
