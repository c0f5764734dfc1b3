import type { Problem } from '@scorecast/core';
import { dataError } from '../data-error.js';
import { CsvSurvey } from '../survey/csv-survey.js';
import { surveyText } from '../survey/survey-text.js';
import { readCsvRows } from './csv-rows.js';
import type { ReadOptions } from './read-options.js';
import { resolveColumns } from './resolve-columns.js';
import type { RowSource } from './row-source.js';
import { fieldsOf, wantedNames, type Wanted } from './wanted-field.js';

/**
 * Opens a CSV file in two passes: a survey of all its bytes refuses what is damaged as a whole, before anything is made
 * of the first row, and counts the rows; then the rows are read.
 *
 * DuckDB does not read CSV: docs/decisions/0007 says why.
 */
export async function openCsv(path: string, gzip: boolean, wanted: Wanted, options: ReadOptions): Promise<RowSource> {
  const survey = new CsvSurvey(wantedNames(wanted), checkSeparator(options.separator));
  const sha256 = await surveyText(path, gzip, survey, options.signal);
  if (survey.empty) throw dataError('DATA_EMPTY', { path });
  const { names } = survey;
  const fields = fieldsOf(wanted, names);
  const { sources, problems, warnings } = resolveColumns(names, fields, wanted.passedOver);
  const headerProblems = survey.malformedName > 0 ? [malformed(names, survey.malformedName)] : problems;
  if (headerProblems.length > 0) throw dataError('DATA_COLUMNS', { path, problems: headerProblems });
  const columnNames = names.map((name, column) => fields[sources.indexOf(column)]?.name ?? name);
  return {
    names: fields.map((field) => field.name),
    rowCount: survey.rows,
    sha256,
    cells: options.decimalComma === true ? 'decimal-comma' : 'text',
    warnings,
    chunks: () =>
      readCsvRows({
        path,
        gzip,
        survey,
        sources,
        missing: options.missing ?? [],
        problemOf: (row, cells, malformedCell) => ({ ...rowProblem(columnNames, cells, malformedCell), row }),
        signal: options.signal,
      }),
  };
}

function checkSeparator(separator: string | undefined): string | undefined {
  if (separator === undefined || /^[^\P{ASCII}\0\r\n"]$/u.test(separator)) return separator;
  throw dataError('DATA_OPTION', { option: 'separator', value: separator, expected: 'one ASCII character, no quote' });
}

function rowProblem(names: readonly string[], cells: number, malformedCell: number): Problem {
  if (malformedCell > 0) return malformed(names, malformedCell);
  return {
    code: 'ragged-row',
    column: names[Math.min(cells, names.length - 1)],
    value: cells === 1 ? '1 cell' : `${cells} cells`,
    expected: names.length === 1 ? '1 cell' : `${names.length} cells`,
  };
}

function malformed(names: readonly string[], cell: number): Problem {
  return {
    code: 'unreadable-row',
    column: names[Math.min(cell, names.length) - 1],
    value: 'there is text beside the quotes of a cell',
    expected: 'quotes around the whole cell, and quotes inside it doubled',
  };
}
