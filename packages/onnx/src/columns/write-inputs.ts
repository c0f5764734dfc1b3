import type { Feature, Schema } from '@scorecast/core';
import { int, ML_DOMAIN, strings, ints, type Graph } from '../graph/graph.js';
import { ELEMENT } from '../graph/onnx-messages.js';
import { columnsOf, lookUp, type GraphColumn, type LevelColumn } from './column.js';

/** What an input is given as: whole numbers that cannot be missing are what data frames keep as such. */
export function inputType(feature: Feature): 'double' | 'int64' | 'string' {
  if (feature.kind !== 'numeric') return 'string';
  return feature.integer && !feature.optional ? 'int64' : 'double';
}

/** The columns of a schema's features, and columns that are NaN in every row that must not be answered, else 0. */
export interface WrittenInputs {
  readonly columns: readonly GraphColumn[];
  readonly refusals: readonly string[];
}

/** What stands for a missing level: nothing, and what Python makes of its None, NaN and NA. */
const MISSING_TEXTS = ['', 'None', 'nan', 'NaN', '<NA>'];

/** Reads the inputs, one per feature, each a list or a column. */
export function writeInputs(graph: Graph, schema: Schema): WrittenInputs {
  const written = schema.features.map((feature) =>
    feature.kind === 'numeric' ? writeNumbers(graph, feature) : writeLevels(graph, feature, feature.levels),
  );
  return { columns: written.map(({ column }) => column), refusals: written.flatMap(({ refusals }) => refusals) };
}

interface WrittenInput {
  readonly column: GraphColumn;
  readonly refusals: readonly string[];
}

function writeNumbers(graph: Graph, feature: Feature): WrittenInput {
  const given = graph.add('Reshape', [feature.name, graph.integers([-1, 1])]);
  const values = inputType(feature) === 'int64' ? graph.add('Cast', [given], { to: int(ELEMENT.double) }) : given;
  const [column] = columnsOf(values, [feature.name]);
  // A number less itself is 0, and NaN less itself is NaN.
  return { column, refusals: feature.optional ? [] : [graph.add('Sub', [values, values])] };
}

function writeLevels(graph: Graph, feature: Feature, levels: readonly string[]): WrittenInput {
  const missing = MISSING_TEXTS.filter((text) => !levels.includes(text));
  const given = graph.add('Reshape', [feature.name, graph.integers([-1])]);
  const unknown = levels.length + 1;
  const codes = graph.add(
    'LabelEncoder',
    [given],
    {
      keys_strings: strings([...levels, ...missing]),
      values_int64s: ints([...levels.keys(), ...missing.map(() => levels.length)]),
      default_int64: int(unknown),
    },
    ML_DOMAIN,
  );
  const column: LevelColumn = {
    kind: 'categorical',
    name: feature.name,
    codes,
    meanings: [...levels, undefined, undefined],
  };
  const isAllowed = [...levels.map(() => true), feature.optional, false];
  return { column, refusals: [refuseCodes(graph, codes, isAllowed)] };
}

/** A column that is NaN where a code is not allowed. */
export function refuseCodes(graph: Graph, codes: string, isAllowed: readonly boolean[]): string {
  return lookUp(
    graph,
    codes,
    isAllowed.map((allowed) => [allowed ? 0 : Number.NaN]),
  );
}
