import { encodeBundle, type Bundle, type Schema } from '@scorecast/core';
import { stringify } from 'yaml';
import { inputType } from '../columns/write-inputs.js';
import { encodeOnnx, OUTPUTS } from '../encode-onnx.js';

/** What a model folder says about itself besides its bundle. */
export interface ModelFolderFacts {
  /** The run that made the model, where it is known. */
  readonly runId?: string;
  /** 32 hexadecimal digits that tell this folder from others. */
  readonly modelUuid: string;
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** The files of a folder by name. */
export type FolderFiles = Readonly<Record<string, string | Uint8Array>>;

/** What the folder is tested with, oldest first; newer ones read what these read. */
const PYTHON = '3.11.7';
const MLFLOW = '2.22.2';
const REQUIREMENTS = ['mlflow>=2.22', 'onnx>=1.18', 'onnxruntime>=1.22', 'pandas'];

const TYPE_NAMES = { double: 'double', int64: 'long', string: 'string' } as const;

/**
 * The files of a model folder that `mlflow.pyfunc.load_model` opens: the model by {@link encodeOnnx} with a signature of
 * columns, so that it takes data frames, what it needs to run, a few rows as an example, and the bundle itself.
 *
 * MLflow takes whole numbers (int64) only where the schema says `integer` and not `optional`; other numeric columns of a
 * data frame must be floats.
 *
 * @throws ONNX_NAME_TAKEN, ONNX_NOT_ENCODED, ONNX_TOO_LARGE
 */
export async function mlflowModelFolder(bundle: Bundle, facts: ModelFolderFacts): Promise<FolderFiles> {
  return {
    MLmodel: stringify(modelFile(bundle, facts)),
    'model.onnx': encodeOnnx(bundle),
    'bundle.json': await encodeBundle(bundle),
    'requirements.txt': `${REQUIREMENTS.join('\n')}\n`,
    'python_env.yaml': stringify({
      python: PYTHON,
      build_dependencies: ['pip', 'setuptools', 'wheel'],
      dependencies: ['-r requirements.txt'],
    }),
    'conda.yaml': stringify({
      name: 'mlflow-env',
      channels: ['conda-forge'],
      dependencies: [`python=${PYTHON}`, 'pip', { pip: REQUIREMENTS }],
    }),
    ...exampleFiles(bundle),
  };
}

function modelFile({ name, version, schema }: Bundle, { runId, modelUuid, createdAt }: ModelFolderFacts) {
  return {
    artifact_path: 'model',
    ...(runId === undefined ? {} : { run_id: runId }),
    model_uuid: modelUuid,
    utc_time_created: `${new Date(createdAt).toISOString().replace('T', ' ').replace('Z', '')}000`,
    mlflow_version: MLFLOW,
    flavors: {
      onnx: {
        code: null,
        data: 'model.onnx',
        onnx_session_options: null,
        onnx_version: '1.18.0',
        providers: ['CPUExecutionProvider'],
      },
      python_function: {
        data: 'model.onnx',
        env: { conda: 'conda.yaml', virtualenv: 'python_env.yaml' },
        loader_module: 'mlflow.onnx',
        python_version: PYTHON,
      },
    },
    metadata: { scorecast_bundle: name, scorecast_bundle_version: version },
    saved_input_example_info: {
      artifact_path: 'input_example.json',
      pandas_orient: 'split',
      serving_input_path: 'serving_input_example.json',
      type: 'dataframe',
    },
    signature: { inputs: JSON.stringify(inputColumns(schema)), outputs: JSON.stringify(outputColumns()), params: null },
  };
}

// Every column must be there, though its cells may be empty where the feature is optional.
function inputColumns({ features }: Schema) {
  return features.map((feature) => ({ type: TYPE_NAMES[inputType(feature)], name: feature.name, required: true }));
}

function outputColumns() {
  return OUTPUTS.map((name) => ({ type: 'double', name, required: true }));
}

/** The rows that the bundle keeps for its own test. */
function exampleFiles({ schema, replay }: Bundle): FolderFiles {
  const columns = schema.features.map(({ name }) => name);
  const frame = { columns, data: replay.rows.map((row) => columns.map((name) => row[name] ?? null)) };
  return {
    'input_example.json': JSON.stringify(frame),
    'serving_input_example.json': JSON.stringify({ dataframe_split: frame }),
  };
}
