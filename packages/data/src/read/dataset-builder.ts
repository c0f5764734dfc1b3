import { featureColumn, type Problem, type Schema } from '@scorecast/core';
import type { Dataset } from './dataset.js';
import type { ParsedChunk } from './parse-chunk.js';

/** How many problems are kept; all are counted. */
const KEPT_PROBLEMS = 1000;

/** Puts parsed chunks into columns that are allocated once, since the number of rows is known. */
export class DatasetBuilder {
  readonly problems: Problem[] = [];
  problemCount = 0;
  /** How many rows had a problem. */
  problemRows = 0;
  /** How many rows are valid. */
  rowCount = 0;

  private readonly rowNumbers: Int32Array;
  /** The features', then the target's. */
  private readonly cells: readonly Float64Array[];
  private readonly texts: readonly (string | null)[][];
  private lastProblemRow = 0;

  constructor(
    private readonly schema: Schema,
    fileRows: number,
  ) {
    this.rowNumbers = new Int32Array(fileRows);
    this.cells = Array.from({ length: schema.features.length + 1 }, () => new Float64Array(fileRows));
    this.texts = schema.identifiers.map(() => []);
  }

  add(chunk: ParsedChunk): void {
    this.rowNumbers.set(chunk.rows, this.rowCount);
    chunk.cells.forEach((column, f) => this.cells[f].set(column, this.rowCount));
    chunk.texts.forEach((column, i) => {
      for (const text of column) this.texts[i].push(text);
    });
    this.rowCount += chunk.rows.length;
    for (const problem of chunk.problems) this.note(problem);
  }

  /** The valid rows; nothing may be added after. */
  build(): Pick<Dataset, 'features' | 'target' | 'identifiers' | 'rowNumbers'> {
    const { schema, rowCount } = this;
    const cells = this.cells.map((column) => column.subarray(0, rowCount));
    return {
      features: {
        rowCount,
        columns: schema.features.map((feature, f) => featureColumn(feature, cells[f])),
      },
      target: cells[schema.features.length],
      identifiers: schema.identifiers.map(({ name }, i) => ({ name, values: this.texts[i] })),
      rowNumbers: this.rowNumbers.subarray(0, rowCount),
    };
  }

  private note(problem: Problem): void {
    this.problemCount++;
    if (this.problems.length < KEPT_PROBLEMS) this.problems.push(problem);
    if (problem.row !== undefined && problem.row !== this.lastProblemRow) {
      this.problemRows++;
      this.lastProblemRow = problem.row;
    }
  }
}
