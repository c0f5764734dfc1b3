import type { RowSurvey } from './survey-text.js';

/** Surveys a JSON lines file: counts the lines that hold something. */
export class LinesSurvey implements RowSurvey {
  readonly inQuotes = false;
  rows = 0;
  rowBytes = 0;
  /** The first byte that is not blank: an opening bracket means a JSON list instead of lines. */
  firstByte = 0;

  private blank = true;

  get row(): number {
    return this.rows + 1;
  }

  push(text: Buffer): void {
    for (let i = 0; i < text.length; i++) {
      if (text[i] === 0x0a) this.endLine();
      else {
        this.rowBytes++;
        if (this.blank && text[i] > 0x20) {
          this.blank = false;
          if (this.firstByte === 0) this.firstByte = text[i];
        }
      }
    }
  }

  end(): void {
    this.endLine();
  }

  private endLine(): void {
    if (!this.blank) this.rows++;
    this.blank = true;
    this.rowBytes = 0;
  }
}
