import type { JsonReader } from '../schema/json-reader.js';
import type { Model, Pipeline } from '../model/model.js';
import type { NetworkLayer } from '../model/network-model.js';
import { decodeTrees } from './decode-trees.js';
import { readNumbers } from './read-numbers.js';
import { decodeTransformers } from './decode-transformers.js';

/** How deep stacks may stand in stacks: a blend of bags of blends is more than anybody trains. */
const MAX_DEPTH = 4;

/**
 * Reads the pipeline of a bundle; problems are noted in the reader. What it accepts cannot loop or read out of bounds.
 *
 * @param depth In how many stacks it stands.
 */
export function decodePipeline(reader: JsonReader, input: unknown, path: string, depth = 0): Pipeline {
  const value = reader.object(input, path);
  return {
    transformers: decodeTransformers(reader, value['transformers'], `${path}.transformers`),
    model: decodeModel(reader, value['model'], `${path}.model`, depth),
  };
}

function decodeModel(reader: JsonReader, input: unknown, path: string, depth: number): Model {
  const value = reader.object(input, path);
  const kind = reader.oneOf(value['kind'], `${path}.kind`, [
    'linear',
    'neighbours',
    'tree-ensemble',
    'network',
    'stack',
  ]);
  const features = reader.strings(value['features'], `${path}.features`);
  switch (kind) {
    case 'linear':
      return {
        kind,
        features,
        coefficients: readNumbers(reader, value['coefficients'], `${path}.coefficients`, features.length),
        intercept: reader.number(value['intercept'], `${path}.intercept`),
      };
    case 'neighbours': {
      const targets = readNumbers(reader, value['targets'], `${path}.targets`);
      if (targets.length === 0) reader.note(`${path}.targets`, 'at least one training row');
      return {
        kind,
        features,
        k: reader.integer(value['k'], `${path}.k`, 1, Math.max(1, targets.length)),
        weights: reader.oneOf(value['weights'], `${path}.weights`, ['uniform', 'distance']),
        p: value['p'] === 1 ? 1 : twoOf(reader, value['p'], `${path}.p`),
        rows: readNumbers(reader, value['rows'], `${path}.rows`, targets.length * features.length),
        targets,
      };
    }
    case 'tree-ensemble':
      return decodeTrees(reader, value, features, path);
    case 'network':
      return {
        kind,
        features,
        layers: decodeLayers(reader, value['layers'], `${path}.layers`, features.length),
        outputCenter: reader.number(value['outputCenter'], `${path}.outputCenter`),
        outputScale: reader.number(value['outputScale'], `${path}.outputScale`),
      };
    case 'stack': {
      if (depth === MAX_DEPTH) reader.note(path, `at most ${MAX_DEPTH} stacks in each other`);
      const members = depth === MAX_DEPTH ? [] : reader.array(value['members'], `${path}.members`);
      if (members.length === 0) reader.note(`${path}.members`, 'at least one member');
      return {
        kind,
        features,
        members: members.map((member, i) => decodePipeline(reader, member, `${path}.members[${i}]`, depth + 1)),
        weights: readNumbers(reader, value['weights'], `${path}.weights`, members.length),
        intercept: reader.number(value['intercept'], `${path}.intercept`),
      };
    }
    default:
      return kind satisfies never;
  }
}

function twoOf(reader: JsonReader, value: unknown, path: string): 2 {
  if (value !== 2) reader.note(path, '1 or 2');
  return 2;
}

/** Every layer has a weight for each unit of the layer before it; the last one is a single unit. */
function decodeLayers(reader: JsonReader, input: unknown, path: string, featureCount: number): readonly NetworkLayer[] {
  let inputCount = featureCount;
  const layers = reader.array(input, path).map((item, i) => {
    const at = `${path}[${i}]`;
    const value = reader.object(item, at);
    const biases = readNumbers(reader, value['biases'], `${at}.biases`);
    if (biases.length === 0) reader.note(`${at}.biases`, 'at least one unit');
    const weights = readNumbers(reader, value['weights'], `${at}.weights`, inputCount * biases.length);
    inputCount = biases.length;
    return { weights, biases };
  });
  if (layers.length === 0 || inputCount !== 1) reader.note(path, 'layers of which the last has a single unit');
  return layers;
}
