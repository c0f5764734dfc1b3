import type { JsonReader } from '../schema/json-reader.js';
import { MAX_LEVELS } from '../transform/level-codes.js';
import { MAX_PRODUCTS, productCount, type Polynomial } from '../transform/polynomial.js';
import type { FittedTransformer } from '../transform/transformer.js';

/** Reads the fitted transformers of a bundle; problems are noted in the reader. */
export function decodeTransformers(reader: JsonReader, input: unknown, path: string): readonly FittedTransformer[] {
  return reader.array(input, path).map((item, i) => decodeTransformer(reader, item, `${path}[${i}]`));
}

function decodeTransformer(reader: JsonReader, input: unknown, path: string): FittedTransformer {
  const value = reader.object(input, path);
  const kind = reader.oneOf(value['kind'], `${path}.kind`, [
    'imputation',
    'scaling',
    'polynomial',
    'one-hot',
    'ordinal-encoding',
    'level-codes',
  ]);
  const columns = reader.array(value['columns'], `${path}.columns`).map((item, i) => {
    const at = `${path}.columns[${i}]`;
    const column = reader.object(item, at);
    return { at, column, name: reader.string(column['name'], `${at}.name`) };
  });
  const withLevels = () =>
    columns.map(({ at, column, name }) => ({ name, levels: reader.strings(column['levels'], `${at}.levels`) }));
  const readUnseen = () => reader.oneOf(value['unseen'], `${path}.unseen`, ['error', 'ignore']);
  switch (kind) {
    case 'imputation':
      return {
        kind,
        columns: columns.map(({ at, column, name }) => ({
          name,
          fill: readFill(reader, column['fill'], `${at}.fill`),
        })),
      };
    case 'scaling':
      return {
        kind,
        columns: columns.map(({ at, column, name }) => ({
          name,
          center: reader.number(column['center'], `${at}.center`),
          scale: readScale(reader, column['scale'], `${at}.scale`),
        })),
      };
    case 'polynomial': {
      const polynomial: Polynomial = {
        kind,
        degree: value['degree'] === 3 ? 3 : twoOf(reader, value['degree'], `${path}.degree`),
        interactionOnly: reader.boolean(value['interactionOnly'], `${path}.interactionOnly`),
        columns: columns.map(({ name }) => ({ name })),
      };
      if (productCount(polynomial) > MAX_PRODUCTS) reader.note(path, `at most ${MAX_PRODUCTS} products`);
      return polynomial;
    }
    case 'one-hot':
      return { kind, unseen: readUnseen(), columns: withLevels() };
    case 'ordinal-encoding':
      return { kind, columns: withLevels() };
    case 'level-codes': {
      const learned = withLevels();
      if (learned.some(({ levels }) => levels.length > MAX_LEVELS)) {
        reader.note(`${path}.columns`, `at most ${MAX_LEVELS} levels`);
      }
      return { kind, unseen: readUnseen(), columns: learned };
    }
    default:
      return kind satisfies never;
  }
}

function twoOf(reader: JsonReader, value: unknown, path: string): 2 {
  if (value !== 2) reader.note(path, '2 or 3');
  return 2;
}

function readFill(reader: JsonReader, value: unknown, path: string): number | string {
  return typeof value === 'string' ? value : reader.number(value, path);
}

function readScale(reader: JsonReader, value: unknown, path: string): number {
  if (value === 0) reader.note(path, 'a number other than 0');
  return reader.number(value, path);
}
