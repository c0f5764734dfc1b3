/** The records that a request brought, and where each of them stood. */
export interface RequestRecords {
  /** Objects by field name; values whose types are JSON's, or texts as in CSV. */
  readonly records: readonly unknown[];
  readonly source: 'typed' | 'text';
  /** Whether the body is one record and no list: its errors need no row. */
  readonly isSingle: boolean;
  /**
   * Where a record, or one of its values, stands in the body (RFC 6901): `/2/reading_score`.
   *
   * @param record Counted from 0.
   */
  pointer(record: number, key?: string): string;
}

/**
 * Records that stand in the body as objects, below a place in it.
 *
 * @param below Where the list stands: nothing where the body is the list, `/instances`.
 */
export function recordList(
  records: readonly unknown[],
  below = '',
  source: 'typed' | 'text' = 'typed',
): RequestRecords {
  return {
    records,
    source,
    isSingle: false,
    pointer: (record, key) => `${below}/${record}${key === undefined ? '' : `/${escapePointer(key)}`}`,
  };
}

/** A body that is one record. */
export function singleRecord(record: unknown): RequestRecords {
  return {
    records: [record],
    source: 'typed',
    isSingle: true,
    pointer: (_record, key) => (key === undefined ? '' : `/${escapePointer(key)}`),
  };
}

/** One key as a step of a JSON pointer. */
export function escapePointer(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}
