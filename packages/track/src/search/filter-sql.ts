import { sql, type RawBuilder } from 'kysely';
import { among } from '../database/among.js';
import { type Dialect } from '../database/database.js';
import { filterError } from './filter-error.js';
import { type Combination, type Comparison, type Filter, type FilterValue, type Operator } from './filter.js';
import { parseFilter } from './parse-filter.js';
import { type Comparison as Compare, type Condition, type Field, type Vocabulary } from './vocabulary.js';

const operators: Readonly<Record<Field['type'], readonly Operator[]>> = {
  number: ['=', '!=', '<', '<=', '>', '>=', 'IN', 'NOT IN'],
  text: ['=', '!=', 'LIKE', 'ILIKE', 'IN', 'NOT IN'],
};

/**
 * The condition that a filter puts on rows; undefined when it is empty.
 *
 * Every text and number of the filter is bound as a param, and every column comes from the vocabulary.
 *
 * @throws INVALID_PARAMETER_VALUE, with the position and what was expected there.
 */
export function filterCondition(dialect: Dialect, text: string, vocabulary: Vocabulary): Condition | undefined {
  const filter = parseFilter(text);
  return filter === undefined ? undefined : new FilterTranslator(dialect, text, vocabulary).translate(filter);
}

class FilterTranslator {
  readonly #dialect: Dialect;
  readonly #text: string;
  readonly #vocabulary: Vocabulary;

  constructor(dialect: Dialect, text: string, vocabulary: Vocabulary) {
    this.#dialect = dialect;
    this.#text = text;
    this.#vocabulary = vocabulary;
  }

  translate(filter: Filter): Condition {
    if (filter.kind === 'comparison') return this.#comparison(filter);
    const parts = filter.kind === 'and' && this.#dialect === 'sqlite' ? this.#narrowing(filter) : this.#each(filter);
    return sql`(${sql.join(parts, filter.kind === 'and' ? sql` and ` : sql` or `)})`;
  }

  #each({ parts }: Combination): Condition[] {
    return parts.map((part) => this.translate(part));
  }

  /**
   * SQLite lists the rows for which one comparison holds, the first that asks for equality, and looks at those alone for
   * the rest: it has an index for the one, and lists take it longer than a look. PostgreSQL joins all lists.
   */
  #narrowing({ parts }: Combination): Condition[] {
    const comparisons = parts.filter((part) => part.kind === 'comparison' && this.#field(part).lookUp !== undefined);
    const listed = comparisons.find((part) => part.kind === 'comparison' && part.operator === '=') ?? comparisons[0];
    return parts.map((part) =>
      part.kind === 'comparison' && part !== listed ? this.#comparison(part, 'lookUp') : this.translate(part),
    );
  }

  #comparison(comparison: Comparison, form: 'where' | 'lookUp' = 'where'): Condition {
    const { operator } = comparison;
    const field = this.#field(comparison);
    const value = this.#value(comparison, field);
    const isUnequal = operator === '!=' || operator === 'NOT IN';
    const compare: Compare = (column) => this.#compare(column, operator, value);
    return field[form]?.(compare, isUnequal) ?? field.where(compare, isUnequal);
  }

  #field(comparison: Comparison): Field {
    const { entity, key, operator } = comparison;
    const field = this.#vocabulary.field(entity, key);
    if (typeof field === 'string') throw filterError(this.#text, comparison.keyAt, field);
    if (!operators[field.type].includes(operator)) {
      const known = operators[field.type].join(', ');
      throw filterError(
        this.#text,
        comparison.keyAt,
        `one of ${known} after ${JSON.stringify(key)}, which is a ${field.type}, not ${operator}`,
      );
    }
    return field;
  }

  /** The value as the field's type has it. */
  #value({ key, value, valueAt }: Comparison, { type, allowsQuotedNumber = false }: Field): FilterValue {
    const typed = (one: string | number): string | number => {
      if (typeof one === (type === 'number' ? 'number' : 'string')) return one;
      if (type === 'number' && allowsQuotedNumber && /^-?\d+(\.\d+)?$/u.test(String(one))) return Number(one);
      const expected = type === 'number' ? 'a number' : 'a text in quotes';
      throw filterError(this.#text, valueAt, `${expected} for ${JSON.stringify(key)}`);
    };
    return typeof value === 'object' ? value.map(typed) : typed(value);
  }

  #compare(column: RawBuilder<unknown>, operator: Operator, value: FilterValue): Condition {
    if (typeof value === 'object') {
      const isOneOf = among(this.#dialect, column, value);
      return operator === 'NOT IN' ? sql`not (${isOneOf})` : isOneOf;
    }
    const isSqlite = this.#dialect === 'sqlite';
    if (operator === 'LIKE') return isSqlite ? sql`${column} like ${value}` : sql`${column} like ${value} escape ''`;
    if (operator === 'ILIKE') {
      return isSqlite ? sql`lower(${column}) like lower(${value})` : sql`${column} ilike ${value} escape ''`;
    }
    return sql`${column} ${sql.raw(operator)} ${bound(value)}`;
  }
}

/** PostgreSQL takes the type of a param from the column, and a whole number's column takes no fraction. */
function bound(value: string | number): unknown {
  return typeof value === 'string' || Number.isSafeInteger(value) ? value : sql`cast(${value} as double precision)`;
}

/** Whether a filter compares a key anywhere. */
export function mentions(text: string, key: string): boolean {
  const found = (filter: Filter): boolean =>
    filter.kind === 'comparison' ? filter.key === key : filter.parts.some(found);
  const filter = parseFilter(text);
  return filter !== undefined && found(filter);
}
