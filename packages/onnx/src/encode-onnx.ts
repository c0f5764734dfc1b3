import type { Bundle, Feature, Schema } from '@scorecast/core';
import { inputType, writeInputs } from './columns/write-inputs.js';
import { Graph, ML_DOMAIN } from './graph/graph.js';
import { ELEMENT, modelMessage } from './graph/onnx-messages.js';
import { writePipeline } from './models/write-pipeline.js';
import { onnxError } from './onnx-error.js';

/** The versions that are written; tested with onnxruntime 1.22 and 1.31. */
const IR_VERSION = 10;
const OPSETS = [
  { domain: '', version: 18 },
  { domain: ML_DOMAIN, version: 5 },
];

/** Protocol buffers have lengths of 31 bits. */
const LIMIT_BYTES = 2 ** 31 - 1;

/** The outputs of every model, in this order: the prediction and the ends of its interval, in the target's unit. */
export const OUTPUTS = ['prediction', 'lower', 'upper'] as const;

/**
 * Writes a bundle as an ONNX model that takes one input per feature and gives what the bundle's predictor gives, in double
 * precision: `prediction`, `lower` and `upper`, each of the shape [rows]. Nothing differs but the order in which an engine
 * may add numbers up, which is worth about 1e-12 of the prediction.
 *
 * Inputs have the shape [rows], or [rows, 1] where there is only one: `tensor(string)` for levels, `tensor(int64)` for
 * whole numbers that must be there, `tensor(double)` for all others. A missing number is NaN; a missing level is an empty
 * text or one of `None`, `nan`, `NaN` and `<NA>`. Operators cannot refuse a row: one without a needed value, or with a
 * level that the bundle does not know, is answered with NaN. Ranges of features are not checked.
 *
 * @throws ONNX_NAME_TAKEN, ONNX_NOT_ENCODED, ONNX_TOO_LARGE
 * @example
 * encodeOnnx(tinyBundle)[0]; // => 8
 */
export function encodeOnnx(bundle: Bundle): Uint8Array {
  const { schema } = bundle;
  const names = schema.features.map(({ name }) => name);
  for (const feature of names) {
    if (OUTPUTS.some((output) => output === feature)) throw onnxError('ONNX_NAME_TAKEN', { feature, taken: OUTPUTS });
  }
  const graph = new Graph(new Set([...names, ...OUTPUTS]));
  writeAnswers(graph, bundle);
  const model = {
    irVersion: IR_VERSION,
    producerName: 'scorecast',
    producerVersion: bundle.provenance.scorecast,
    opsetImport: OPSETS,
    metadataProps: [
      { key: 'scorecast.bundle', value: bundle.name },
      { key: 'scorecast.bundle_version', value: bundle.version },
    ],
    graph: {
      name: bundle.name,
      node: graph.nodes,
      initializer: graph.initializers,
      input: schema.features.map((feature) => valueInfo(feature.name, ELEMENT[inputType(feature)], inputShape(schema))),
      output: OUTPUTS.map((name) => valueInfo(name, ELEMENT.double, ['rows'])),
    },
  };
  const bytes = modelMessage.encode(model).finish();
  if (bytes.length > LIMIT_BYTES) {
    throw onnxError('ONNX_TOO_LARGE', { sizeBytes: bytes.length, limitBytes: LIMIT_BYTES });
  }
  return bytes;
}

function writeAnswers(graph: Graph, { schema, pipeline, interval }: Bundle): void {
  const { predictions, refusals } = writePipeline(graph, pipeline, writeInputs(graph, schema));
  const refused = refusals.reduce((sum, refusal) => graph.add('Add', [sum, refusal]), predictions);
  const raw = graph.add('Reshape', [refused, graph.integers([-1])]);
  const radius = graph.doubles([interval.radius]);
  writeClipped(graph, schema, raw, 'prediction');
  writeClipped(graph, schema, graph.add('Sub', [raw, radius]), 'lower');
  writeClipped(graph, schema, graph.add('Add', [raw, radius]), 'upper');
}

/** Comparisons, since Clip may turn NaN into a number. */
function writeClipped(graph: Graph, { target }: Schema, values: string, name: string): void {
  const min = graph.doubles([target.min ?? -Infinity]);
  const max = graph.doubles([target.max ?? Infinity]);
  const raised = graph.add('Where', [graph.add('Less', [values, min]), min, values]);
  graph.addTo([name], 'Where', [graph.add('Greater', [raised, max]), max, raised]);
}

type Shape = readonly (string | number)[];

/** MLflow gives each column of a data frame as a list, but a frame of one column whole. */
function inputShape({ features }: { readonly features: readonly Feature[] }): Shape {
  return features.length === 1 ? ['rows', 1] : ['rows'];
}

function valueInfo(name: string, elemType: number, shape: Shape) {
  const dim = shape.map((size) => (typeof size === 'string' ? { dimParam: size } : { dimValue: size }));
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
