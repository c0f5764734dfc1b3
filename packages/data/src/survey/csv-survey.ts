import type { RowSurvey } from './survey-text.js';
import { CsvScanner } from './csv-scanner.js';
import { detectSeparator, endsInQuotes, headerEnd, headerNames } from './csv-header.js';

/** A row that cannot be read: it has too few or too many cells, or text beside the quotes of a cell. */
export interface BadRow {
  readonly row: number;
  readonly cells: number;
  /** The cell, counted from 1, with text beside its quotes; 0 when there is none. */
  readonly malformedCell: number;
}

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
 * Surveys a CSV file: finds its separator and its columns, counts its rows, and notes the rows that cannot be read.
 */
export class CsvSurvey implements RowSurvey {
  separator = ',';
  names: readonly string[] = [];
  /** The header's cell with text beside its quotes; 0 when there is none. */
  malformedName = 0;
  readonly badRows: BadRow[] = [];

  private head: Buffer = Buffer.alloc(0);
  private scanner: CsvScanner | undefined;
  private records = 0;
  private blankStart = false;
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
    return this.scanner === undefined ? endsInQuotes(this.head) : this.scanner.inQuotes;
  }

  /** Whether the file can be read as it is: no bad rows, one kind of line end, nothing above the header. */
  get sound(): boolean {
    const { lf, crlf, cr } = this.scanner?.lineEnds ?? { lf: 0, crlf: 0, cr: 0 };
    return this.badRows.length === 0 && cr === 0 && (lf === 0 || crlf === 0) && !this.blankStart;
  }

  push(text: Buffer): void {
    if (this.scanner !== undefined) {
      this.scan(this.scanner, text);
      return;
    }
    this.head = Buffer.concat([this.head, text]);
    if (headerEnd(this.head) >= 0) this.start();
  }

  end(): void {
    const scanner = this.scanner ?? this.start();
    scanner.end();
  }

  /** Reads the header, and with the separator known scans what has been held back. */
  private start(): CsvScanner {
    const end = headerEnd(this.head);
    const line = (end < 0 ? this.head : this.head.subarray(0, end)).toString('utf8').replace(/^[\r\n]+/, '');
    this.separator = this.givenSeparator ?? detectSeparator(line, this.known);
    this.names = headerNames(line, this.separator);
    this.scanner = new CsvScanner(this.separator.charCodeAt(0), (start, stop, cells, malformedCell) => {
      this.note(start === stop, cells, malformedCell);
    });
    this.scan(this.scanner, this.head);
    this.head = Buffer.alloc(0);
    return this.scanner;
  }

  private scan(scanner: CsvScanner, text: Buffer): void {
    scanner.scan(text);
    this.scanned += text.length;
  }

  private note(blank: boolean, cells: number, malformedCell: number): void {
    switch (recordKind({ blank, cells, malformedCell }, this.records === 0, this.names.length)) {
      case 'blank':
        this.blankStart ||= this.records === 0;
        return;
      case 'header':
        this.malformedName = malformedCell;
        break;
      case 'bad-row':
        this.badRows.push({ row: this.records, cells, malformedCell });
        break;
      case 'row':
        break;
    }
    this.records++;
  }
}
