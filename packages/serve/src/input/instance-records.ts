import type { Problem, Schema } from '@scorecast/core';
import { invalidInput } from '../answer/invalid-input.js';
import { recordList, type RequestRecords } from './request-records.js';

/**
 * Records that are objects by field name or lists of values without names.
 *
 * @param below Where the list stands in the body: `/instances`.
 * @param columns What the values of a list belong to; default: the schema's features, in its order.
 * @throws SERVE_INPUT_INVALID for lists of another length.
 */
export function instanceRecords(
  instances: readonly unknown[],
  below: string,
  schema: Schema,
  columns: readonly string[] = schema.features.map(({ name }) => name),
): RequestRecords {
  // Before any record is made: many columns over many short lists would make far more values than the body has.
  const problems = instances.flatMap((instance, i) => lengthProblem(instance, i + 1, columns, schema));
  if (problems.length > 0) throw invalidInput(problems, recordList([], below), schema);
  const named = recordList(
    instances.map((instance) =>
      Array.isArray(instance) ? Object.fromEntries(columns.map((name, i) => [name, instance[i]])) : instance,
    ),
    below,
  );
  return {
    ...named,
    pointer(record, key) {
      const at = key === undefined || !Array.isArray(instances[record]) ? -1 : columns.indexOf(key);
      return named.pointer(record, at < 0 ? key : String(at));
    },
  };
}

function lengthProblem(instance: unknown, row: number, columns: readonly string[], schema: Schema): readonly Problem[] {
  if (!Array.isArray(instance) || instance.length === columns.length) return [];
  const [{ name: column }] = schema.features;
  const value = `the list has ${instance.length} ${instance.length === 1 ? 'value' : 'values'}`;
  return [{ code: 'ragged-row', column, row, value, expected: `${columns.length}, one per column` }];
}
