import type { Model, Pipeline } from '../model/model.js';
import type { NetworkLayer } from '../model/network-model.js';
import type { Tree, TreeEnsemble } from '../model/tree-ensemble.js';
import { BUNDLE_FORMAT_VERSION, type Bundle } from './bundle.js';
import { canonicalJson, sha256Hex } from './canonical-json.js';

/** How many digits of the checksum name a version. */
export const VERSION_LENGTH = 12;

/**
 * Writes a bundle as one JSON text. Equal bundles give the same bytes, and a loaded bundle gives back those that it was
 * loaded from: keys are sorted, the content's checksum is part of the text, and the version is its beginning.
 *
 * @returns The text, ending in a line feed.
 */
export async function encodeBundle(bundle: Omit<Bundle, 'version'>): Promise<string> {
  const content = canonicalJson(encodeContent(bundle));
  const checksum = await sha256Hex(content);
  const header = JSON.stringify({
    format: 'scorecast-bundle',
    formatVersion: BUNDLE_FORMAT_VERSION,
    checksum: `sha256:${checksum}`,
    version: checksum.slice(0, VERSION_LENGTH),
  });
  return `${header.slice(0, -1)},"content":${content}}\n`;
}

function encodeContent(bundle: Omit<Bundle, 'version'>): unknown {
  return {
    name: bundle.name,
    schema: bundle.schema,
    pipeline: encodePipeline(bundle.pipeline),
    // JSON has no infinity: null stands for a radius without end.
    interval: { ...bundle.interval, radius: Number.isFinite(bundle.interval.radius) ? bundle.interval.radius : null },
    metrics: bundle.metrics,
    importance: bundle.importance,
    reference: bundle.reference,
    provenance: bundle.provenance,
    replay: bundle.replay,
  };
}

function encodePipeline({ transformers, model }: Pipeline): unknown {
  return { transformers, model: encodeModel(model) };
}

function encodeModel(model: Model): unknown {
  switch (model.kind) {
    case 'linear':
      return { ...model, coefficients: Array.from(model.coefficients) };
    case 'neighbours':
      return { ...model, rows: Array.from(model.rows), targets: Array.from(model.targets) };
    case 'tree-ensemble':
      return encodeTrees(model);
    case 'network':
      return { ...model, layers: model.layers.map(encodeLayer) };
    case 'stack':
      return { ...model, members: model.members.map(encodePipeline), weights: Array.from(model.weights) };
    default:
      return model satisfies never;
  }
}

function encodeLayer({ weights, biases }: NetworkLayer): unknown {
  return { weights: Array.from(weights), biases: Array.from(biases) };
}

function encodeTrees(model: TreeEnsemble): unknown {
  const trees = model.trees.map(encodeTree);
  return model.combine === 'weighted-median'
    ? { ...model, weights: Array.from(model.weights), trees }
    : { ...model, trees };
}

function encodeTree(tree: Tree): unknown {
  return {
    feature: Array.from(tree.feature),
    threshold: Array.from(tree.threshold),
    left: Array.from(tree.left),
    right: Array.from(tree.right),
    missingLeft: Array.from(tree.missingLeft),
    ...(tree.sets === undefined ? {} : { sets: tree.sets.map((set) => Array.from(set)) }),
    value: Array.from(tree.value),
    cover: Array.from(tree.cover),
  };
}
