import { sql, type RawBuilder } from 'kysely';
import { type Comparison, type Condition, type Field, type SortKey } from './vocabulary.js';

/** A column of the searched table, or something computed from its columns. */
export interface Attribute {
  readonly value: RawBuilder<unknown>;
  readonly type: Field['type'];
  /** A condition by which rows match besides, unless the comparison is an unequal one. */
  readonly also?: (compare: Comparison) => Condition;
}

/** The attributes that columns give. */
export function numberColumn(column: string): Attribute {
  return { value: sql.ref(column), type: 'number' };
}

/** The attributes that columns give. */
export function textColumn(column: string): Attribute {
  return { value: sql.ref(column), type: 'text' };
}

/** An attribute to filter by. */
export function attributeField({ value, type, also }: Attribute): Field {
  return {
    type,
    allowsQuotedNumber: true,
    where: (compare, isUnequal) =>
      also === undefined || isUnequal ? compare(value) : sql`(${compare(value)} or ${also(compare)})`,
  };
}

/** An attribute to sort by. */
export function attributeSortKey({ value }: Attribute): SortKey {
  return { value, certain: false };
}
