export { encodeOnnx } from './encode-onnx.js';
export { mlflowModelFolder, type FolderFiles, type ModelFolderFacts } from './mlflow/mlflow-model-folder.js';
export { onnxErrors } from './onnx-error.js';
