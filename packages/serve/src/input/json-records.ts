import { serveError } from '../serve-error.js';
import { parseJsonBody } from '../json/parse-json-body.js';
import { recordList, singleRecord, type RequestRecords } from './request-records.js';

/**
 * Reads a JSON body: one record, or a list of records.
 *
 * @throws SERVE_JSON_UNREADABLE, SERVE_JSON_TOO_DEEP, SERVE_JSON_REPEATED_KEY
 */
export function jsonRecords(body: string): RequestRecords {
  const value = parseJsonBody(body);
  return Array.isArray(value) ? recordList(value) : singleRecord(value);
}

/**
 * Reads newline-delimited JSON: one record per line; empty lines are passed over.
 *
 * @throws SERVE_LINE_UNREADABLE naming the line.
 */
export function jsonLineRecords(body: string): RequestRecords {
  const records: unknown[] = [];
  body.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    try {
      records.push(parseJsonBody(line));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw serveError('SERVE_LINE_UNREADABLE', { line: i + 1, reason }, { cause });
    }
  });
  return recordList(records);
}
