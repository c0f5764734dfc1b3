import { errorFactory } from '../errors.js';

/** The errors of tables. They mean a programming mistake: files and requests are validated before a table is made. */
export const tableErrors = {
  TABLE_SHAPE: {
    status: 500,
    exitCode: 1,
    message: (d: { column: string; found: string }) =>
      `column ${JSON.stringify(d.column)}: found ${d.found} (expected different names and equal lengths)`,
  },
  TABLE_NO_COLUMN: {
    status: 500,
    exitCode: 1,
    message: (d: { column: string; available: readonly string[] }) =>
      `no column ${JSON.stringify(d.column)} in the table (it has ${d.available.map((name) => JSON.stringify(name)).join(', ')})`,
  },
  TABLE_NOT_NUMERIC: {
    status: 500,
    exitCode: 1,
    message: (d: { column: string }) =>
      `column ${JSON.stringify(d.column)} is categorical where numbers are needed: encode it first, for example with one-hot encoding`,
  },
};

export const tableError = errorFactory(tableErrors);
