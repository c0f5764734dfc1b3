import { type FittedTransformer, type Imputation, type Polynomial, type Scaling } from '@scorecast/core';
import { int, type Graph } from '../graph/graph.js';
import { columnsOf, lookUp, mapNumbers, matrixOf, type GraphColumn, type LevelColumn } from './column.js';
import { refuseCodes, type WrittenInputs } from './write-inputs.js';

/** Applies fitted transformers one after another. */
export function writeTransformers(
  graph: Graph,
  transformers: readonly FittedTransformer[],
  inputs: WrittenInputs,
): WrittenInputs {
  return transformers.reduce((current, transformer) => writeTransformer(graph, transformer, current), inputs);
}

function writeTransformer(
  graph: Graph,
  transformer: FittedTransformer,
  { columns, refusals }: WrittenInputs,
): WrittenInputs {
  switch (transformer.kind) {
    case 'imputation':
      return { columns: writeImputation(graph, transformer, columns), refusals };
    case 'scaling':
      return { columns: writeScaling(graph, transformer, columns), refusals };
    case 'polynomial':
      return { columns: [...columns, ...writeProducts(graph, transformer, columns)], refusals };
    case 'one-hot':
      return encodeLevels(graph, transformer.columns, transformer.unseen, { columns, refusals }, (levels) => ({
        names: (name) => levels.map((level) => `${name}=${level}`),
        numbers: (level) => levels.map((other) => (other === level ? 1 : 0)),
      }));
    case 'ordinal-encoding':
      return encodeLevels(graph, transformer.columns, 'error', { columns, refusals }, placesIn);
    case 'level-codes':
      return encodeLevels(graph, transformer.columns, transformer.unseen, { columns, refusals }, placesIn);
    default:
      return transformer satisfies never;
  }
}

/** What an encoding makes of one column: the new columns' names, and their numbers for each level or for none. */
interface LevelEncoding {
  names(this: void, column: string): readonly string[];
  numbers(this: void, level: string | undefined): readonly number[];
}

function placesIn(levels: readonly string[]): LevelEncoding {
  return {
    names: (name) => [name],
    numbers: (level) => [level !== undefined && levels.includes(level) ? levels.indexOf(level) : Number.NaN],
  };
}

function encodeLevels(
  graph: Graph,
  learned: readonly { readonly name: string; readonly levels: readonly string[] }[],
  unseen: 'error' | 'ignore',
  { columns, refusals }: WrittenInputs,
  encodingOf: (levels: readonly string[]) => LevelEncoding,
): WrittenInputs {
  const refused = [...refusals];
  const encoded = columns.flatMap((column): readonly GraphColumn[] => {
    const found = learned.find(({ name }) => name === column.name);
    if (found === undefined || column.kind === 'numeric') return [column];
    const { names, numbers } = encodingOf(found.levels);
    const isKnown = column.meanings.map((level) => level === undefined || found.levels.includes(level));
    if (unseen === 'error' && isKnown.includes(false)) refused.push(refuseCodes(graph, column.codes, isKnown));
    return columnsOf(lookUp(graph, column.codes, column.meanings.map(numbers)), names(column.name));
  });
  return { columns: encoded, refusals: refused };
}

function writeImputation(
  graph: Graph,
  { columns: learned }: Imputation,
  columns: readonly GraphColumn[],
): readonly GraphColumn[] {
  const fills = new Map(learned.map(({ name, fill }) => [name, fill]));
  const filled = columns.map((column) =>
    column.kind === 'numeric' ? column : fillLevels(column, fills.get(column.name)),
  );
  if (!columns.some(({ kind, name }) => kind === 'numeric' && fills.has(name))) return filled;
  return mapNumbers(graph, filled, (matrix, names) => {
    const row = names.map((name) => Number(fills.get(name) ?? Number.NaN));
    return graph.add('Where', [graph.add('IsNaN', [matrix]), graph.doubles(row, [1, row.length]), matrix]);
  });
}

function fillLevels(column: LevelColumn, fill: number | string | undefined): LevelColumn {
  if (fill === undefined) return column;
  return { ...column, meanings: column.meanings.map((level) => level ?? String(fill)) };
}

/** Columns that are not scaled have the center 0 and the scale 1, which change no bit. */
function writeScaling(
  graph: Graph,
  { columns: learned }: Scaling,
  columns: readonly GraphColumn[],
): readonly GraphColumn[] {
  const byName = new Map(learned.map((one) => [one.name, one]));
  return mapNumbers(graph, columns, (matrix, names) => {
    const row = (read: (name: string) => number) => graph.doubles(names.map(read), [1, names.length]);
    const centered = graph.add('Sub', [matrix, row((name) => byName.get(name)?.center ?? 0)]);
    return graph.add('Div', [centered, row((name) => byName.get(name)?.scale ?? 1)]);
  });
}

/** Multiplies whole tensors: each length of products is the products one shorter times a factor each. */
function writeProducts(
  graph: Graph,
  { degree, interactionOnly, columns: learned }: Polynomial,
  columns: readonly GraphColumn[],
): readonly GraphColumn[] {
  const factors = learned.flatMap(({ name }) => columns.find((column) => column.name === name) ?? []);
  const matrix = matrixOf(graph, factors);
  const appended: GraphColumn[] = [];
  let shorter: readonly (readonly number[])[] = factors.map((_, i) => [i]);
  let products = matrix;
  for (let length = 2; length <= degree; length++) {
    const longer = shorter.flatMap((product, at) => {
      const first = product[product.length - 1] + (interactionOnly ? 1 : 0);
      return factors.slice(first).map((_, i) => ({ at, factors: [...product, first + i] }));
    });
    if (longer.length === 0) break;
    products = graph.add('Mul', [
      graph.add('Gather', [products, graph.integers(longer.map(({ at }) => at))], { axis: int(1) }),
      graph.add('Gather', [matrix, graph.integers(longer.map((product) => product.factors[length - 1]))], {
        axis: int(1),
      }),
    ]);
    shorter = longer.map((product) => product.factors);
    appended.push(
      ...columnsOf(
        products,
        shorter.map((product) => productName(product, factors)),
      ),
    );
  }
  return appended;
}

/** As the transformer names them: a factor that comes twice is squared. */
function productName(product: readonly number[], factors: readonly GraphColumn[]): string {
  return [...new Set(product)]
    .map((at) => {
      const power = product.filter((other) => other === at).length;
      return power === 1 ? factors[at].name : `${factors[at].name}^${power}`;
    })
    .join('*');
}
