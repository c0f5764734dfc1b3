import { errorFactory } from '@scorecast/core';

/** The errors of exports to ONNX. */
export const onnxErrors = {
  ONNX_NAME_TAKEN: {
    status: 422,
    exitCode: 4,
    message: (d: { feature: string; taken: readonly string[] }) =>
      `the feature ${JSON.stringify(d.feature)} cannot become an input of an ONNX model, whose outputs are named ` +
      `${d.taken.join(', ')} (expected another name; rename it in the schema and train again)`,
  },
  ONNX_NOT_ENCODED: {
    status: 422,
    exitCode: 4,
    message: (d: { column: string }) =>
      `the column ${JSON.stringify(d.column)} is categorical where the model needs numbers: ONNX has no operator for that ` +
      '(expected an encoding among the transformers; train again)',
  },
  ONNX_TOO_LARGE: {
    status: 422,
    exitCode: 4,
    message: (d: { sizeBytes: number; limitBytes: number }) =>
      `the ONNX model would have ${d.sizeBytes} bytes (expected at most ${d.limitBytes}, the limit of its format; ` +
      'train a smaller model, for example with fewer trees)',
  },
};

export const onnxError = errorFactory(onnxErrors);
