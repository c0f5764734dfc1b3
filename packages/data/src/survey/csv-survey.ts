import type { RowSurvey } from './survey-text.js';
import { CsvScanner } from './csv-scanner.js';
import { detectSeparator, headerExtent, headerNames } from './csv-header.js';

/**
 * What a record is: the header, a row, a row that cannot be read, or a blank line to pass over. Blank lines are no rows,
 * except in a file of one column, where they are missing cells.
 *
 * @param columns How many names the header has.
 */
export function recordKind(
  record: { readonly blank: boolean; readonly cells: number; readonly malformedCell: number },
  isFirst: boolean,
  columns: number,
): 'header' | 'row' | 'bad-row' | 'blank' {
  if (record.blank && (isFirst || columns > 1)) return 'blank';
  if (isFirst) return 'header';
  return record.cells === columns && record.malformedCell === 0 ? 'row' : 'bad-row';
}

/**
 * Surveys a CSV file: finds its separator and its columns, and counts its rows.
 */
export class CsvSurvey implements RowSurvey {
  separator = ',';
  names: readonly string[] = [];
  /** The header's cell with text beside its quotes; 0 when there is none. */
  malformedName = 0;

  private head: Buffer = Buffer.alloc(0);
  private scanner: CsvScanner | undefined;
  private records = 0;
  private scanned = 0;

  /**
   * @param known Names that the header should have.
   * @param givenSeparator The separator, where it is not to be found in the header.
   */
  constructor(
    private readonly known: ReadonlySet<string>,
    private readonly givenSeparator?: string,
  ) {}

  /** Whether there is not even a header. */
  get empty(): boolean {
    return this.records === 0;
  }

  /** How many rows the file has below its header. */
  get rows(): number {
    return Math.max(0, this.records - 1);
  }

  get row(): number {
    return this.records;
  }

  get rowBytes(): number {
    return this.scanner === undefined ? this.head.length : this.scanned - this.scanner.recordStart;
  }

  get inQuotes(): boolean {
    return this.scanner?.inQuotes ?? headerExtent(this.head, this.givenSeparator).inQuotes;
  }

  push(text: Buffer): void {
    if (this.scanner !== undefined) {
      this.scan(this.scanner, text);
      return;
    }
    this.head = Buffer.concat([this.head, text]);
    if (headerExtent(this.head, this.givenSeparator).end >= 0) this.start();
  }

  end(): void {
    const scanner = this.scanner ?? this.start();
    scanner.end();
  }

  /** Reads the header, and with the separator known scans what has been held back. */
  private start(): CsvScanner {
    const { end } = headerExtent(this.head, this.givenSeparator);
    const line = (end < 0 ? this.head : this.head.subarray(0, end)).toString('utf8').replace(/^[\r\n]+/, '');
    this.separator = this.givenSeparator ?? detectSeparator(line, this.known);
    this.names = headerNames(line, this.separator);
    this.scanner = new CsvScanner(this.separator.charCodeAt(0), (start, stop, cells, malformedCell) => {
      const kind = recordKind({ blank: start === stop, cells, malformedCell }, this.records === 0, this.names.length);
      if (kind === 'blank') return;
      if (kind === 'header') this.malformedName = malformedCell;
      this.records++;
    });
    this.scan(this.scanner, this.head);
    this.head = Buffer.alloc(0);
    return this.scanner;
  }

  private scan(scanner: CsvScanner, text: Buffer): void {
    scanner.scan(text);
    this.scanned += text.length;
  }
}
