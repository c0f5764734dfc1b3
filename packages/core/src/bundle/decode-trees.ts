import type { JsonReader } from '../schema/json-reader.js';
import type { Tree, TreeEnsemble } from '../model/tree-ensemble.js';
import { MAX_LEVELS } from '../transform/level-codes.js';
import { readNumbers } from './read-numbers.js';

/** Reads trees and how they are combined. What it accepts cannot loop or read out of bounds. */
export function decodeTrees(
  reader: JsonReader,
  value: Readonly<Record<string, unknown>>,
  features: readonly string[],
  path: string,
): TreeEnsemble {
  const kind = 'tree-ensemble';
  const items = reader.array(value['trees'], `${path}.trees`);
  if (items.length === 0) reader.note(`${path}.trees`, 'at least one tree');
  const trees = items.map((tree, i) => decodeTree(reader, tree, `${path}.trees[${i}]`, features.length));
  const combine = reader.oneOf(value['combine'], `${path}.combine`, ['mean', 'sum', 'weighted-median']);
  switch (combine) {
    case 'mean':
      return { kind, features, combine, trees };
    case 'sum':
      return { kind, features, combine, base: reader.number(value['base'], `${path}.base`), trees };
    case 'weighted-median': {
      const weights = readNumbers(reader, value['weights'], `${path}.weights`, trees.length);
      if (weights.some((weight) => weight < 0)) reader.note(`${path}.weights`, 'no weight below 0');
      return { kind, features, combine, weights, trees };
    }
    default:
      return combine satisfies never;
  }
}

function decodeTree(reader: JsonReader, input: unknown, path: string, featureCount: number): Tree {
  const value = reader.object(input, path);
  const feature = readNumbers(reader, value['feature'], `${path}.feature`);
  const size = feature.length;
  const read = (key: string) => readNumbers(reader, value[key], `${path}.${key}`, size);
  const left = read('left');
  const right = read('right');
  feature.forEach((at, node) => {
    const inner = at !== -1;
    const childrenAhead = [left[node], right[node]].every((child) => isIndex(child, size) && child > node);
    if (inner && (!isIndex(at, featureCount) || !childrenAhead)) {
      reader.note(`${path}[${node}]`, 'a leaf, or a known feature and children behind their parent');
    }
  });
  if (size === 0) reader.note(path, 'at least one node');
  const missingLeft = read('missingLeft');
  if (missingLeft.some((flag) => flag !== 0 && flag !== 1)) reader.note(`${path}.missingLeft`, 'only 0 and 1');
  return {
    feature: Int32Array.from(feature),
    threshold: read('threshold'),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    missingLeft: Uint8Array.from(missingLeft),
    ...(value['sets'] === undefined ? {} : { sets: readSets(reader, value['sets'], `${path}.sets`, size) }),
    value: read('value'),
    cover: read('cover'),
  };
}

/** One set of level codes for each node. */
function readSets(reader: JsonReader, input: unknown, path: string, size: number): readonly Int32Array[] {
  const sets = reader.array(input, path);
  if (sets.length !== size) reader.note(path, `${size} sets`);
  return sets.map((set, node) => {
    const codes = readNumbers(reader, set, `${path}[${node}]`);
    if (!codes.every((code, i) => isIndex(code, MAX_LEVELS) && (i === 0 || code > codes[i - 1]))) {
      reader.note(`${path}[${node}]`, `ascending codes of levels below ${MAX_LEVELS}`);
    }
    return Int32Array.from(codes);
  });
}

function isIndex(value: number, length: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < length;
}
