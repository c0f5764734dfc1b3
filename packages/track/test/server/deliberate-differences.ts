/** An answer of ours that differs from MLflow's on purpose; what is left out is as in the transcript. */
interface Difference {
  readonly why: string;
  readonly status?: number;
  readonly answerHeaders?: Readonly<Record<string, string>> | undefined;
  readonly answer?: unknown;
}

const refused = (code: string, message: string) => ({ error_code: code, message });
const invalid = (message: string) => ({ status: 400, answer: refused('INVALID_PARAMETER_VALUE', message) });
const wrongType = (value: string, parameter: string, type: string) =>
  invalid(`Invalid value ${value} for parameter '${parameter}' supplied:  Hint: Value was of type '${type}'.`);
const unknown = (message: string) => ({ status: 404, answer: refused('RESOURCE_DOES_NOT_EXIST', message) });
const page = (message: string) => ({
  answerHeaders: { 'content-type': 'application/json; charset=utf-8' },
  answer: message,
});
const noEndpoint = (request: string) => ({
  ...page(''),
  status: 404,
  answer: refused('ENDPOINT_NOT_FOUND', `Nothing answers ${request} here.`),
});

const NO_NUMBER = 'an id that is no number is the id of nothing; MLflow fails with 500';
const PARTLY_READ = 'MLflow drops silently what it cannot read; a client that sends it has a fault';
const EXTENSION = 'an extension: OR, parentheses, IN everywhere';
const HALF_FILTER = 'MLflow reads something into half a filter';
const ALL_AT_ONCE = 'MLflow 3.6.0 answers nothing but a page token when max_results is missing';
const INFINITY = 'MLflow answers the largest double for an infinity; ours stays one';
const NO_FILE = 'MLflow fails with 500, and tells the path on its disk';
const CROSSING = 'MLflow answers these as plain text; a client finds error_code here too';
const NO_PAGE = 'an API answers JSON, and clients look at ENDPOINT_NOT_FOUND';

const run = (runId: string, name: string, experiment: string, more: object = {}) => ({
  run_uuid: runId,
  experiment_id: experiment,
  run_name: name,
  status: 'RUNNING',
  artifact_uri: `mlflow-artifacts:/${experiment}/${runId}/artifacts`,
  lifecycle_stage: 'active',
  run_id: runId,
  ...more,
});

const at = { timestamp: 1_600_000_000_000, step: 0 };
const lossHistory = [
  { ...at, key: 'loss', value: 9, step: -2 },
  { ...at, key: 'loss', value: 0.5 },
  { ...at, key: 'loss', value: 0.25, step: 3 },
  { ...at, key: 'loss', value: 1.5, step: 2, timestamp: 1_600_000_000_001 },
  { ...at, key: 'loss', value: 0.75, step: 1, timestamp: 1_600_000_009_000 },
];
const measured = {
  info: run('{{run}}', 'n', '8', { start_time: 5 }),
  data: {
    metrics: [
      { ...at, key: 'loss', value: 0.25, step: 3 },
      { ...at, key: 'odd', value: 'NaN' },
      { ...at, key: 'high', value: 'Infinity' },
      { ...at, key: 'low', value: '-Infinity' },
      { ...at, key: 'a/b c.d:e-f_g', value: 0.5 },
    ],
    tags: [{ key: 'mlflow.runName', value: 'n' }],
  },
};

/** By section and title of the transcript's step. */
export const differences: Readonly<Record<string, Difference>> = {
  'experiments: refuses an id that is no number': { why: NO_NUMBER, ...unknown('No Experiment with id=abc exists') },
  'experiments: does not rename to a taken name': {
    why: "MLflow answers the database driver's words",
    answer: refused('RESOURCE_ALREADY_EXISTS', 'Experiment(name=odd) already exists.'),
  },
  'searching experiments: takes an unknown view for the active ones': {
    why: PARTLY_READ,
    ...invalid(
      'Invalid value "SOME" for parameter \'view_type\' supplied:  Expected one of ACTIVE_ONLY, DELETED_ONLY, ALL.',
    ),
  },
  'searching experiments: refuses the short name attr': { why: 'an extension: as in runs', status: 200, answer: {} },
  'runs: wants an experiment': {
    why: "MLflow answers the database driver's words; its clients mean the default experiment",
    status: 200,
    answer: {
      run: {
        info: run('{{id}}', 'n', '0', { start_time: 1 }),
        data: { tags: [{ key: 'mlflow.runName', value: 'n' }] },
      },
    },
  },
  'runs: wants an experiment of digits': { why: NO_NUMBER, ...unknown('No Experiment with id=abc exists') },
  'runs: takes an unknown status for none': {
    why: PARTLY_READ,
    ...invalid(
      'Invalid value "DONE" for parameter \'status\' supplied:  Expected one of RUNNING, SCHEDULED, FINISHED, FAILED, KILLED.',
    ),
  },
  'metrics and params: takes a value that is true': { why: PARTLY_READ, ...wrongType('true', 'value', 'bool') },
  'metrics and params: breaks at a value that is a list': {
    why: 'MLflow fails with 500',
    ...page(''),
    ...wrongType('[1]', 'value', 'list'),
  },
  'metrics and params: takes a step with a fraction': { why: PARTLY_READ, ...wrongType('1.5', 'step', 'float') },
  'metrics and params: gives the history': { why: ALL_AT_ONCE, answer: { metrics: lossHistory } },
  'metrics and params: gives the history of what is no number': {
    why: ALL_AT_ONCE,
    answer: { metrics: [{ ...at, key: 'odd', value: 'NaN' }] },
  },
  'metrics and params: gives the history of what is infinite': {
    why: ALL_AT_ONCE,
    answer: { metrics: [{ ...at, key: 'high', value: 'Infinity' }] },
  },
  'metrics and params: shows the latest of each': { why: INFINITY, answer: { run: measured } },
  'metrics and params: shows the params': {
    why: INFINITY,
    answer: {
      run: {
        ...measured,
        data: {
          ...measured.data,
          params: [
            { key: 'alpha', value: '0.5' },
            { key: 'empty', value: '' },
            { key: 'none', value: '' },
            { key: 'long', value: '{{x*6000}}' },
          ],
        },
      },
    },
  },
  'batches: drops metrics from the first that it cannot read': {
    why: PARTLY_READ,
    ...wrongType('"high"', 'metrics[0].value', 'str'),
  },
  'batches: drops a param that is a number': { why: PARTLY_READ, ...wrongType('5', 'params[0].value', 'int') },
  'inputs, outputs and data sets: takes a data set without a name': {
    why: PARTLY_READ,
    ...invalid("Missing value for required parameter 'datasets[0].dataset.name'."),
  },
  'inputs, outputs and data sets: takes inputs without a data set': {
    why: PARTLY_READ,
    ...invalid("Missing value for required parameter 'datasets[0].dataset'."),
  },
  'searching runs: refuses metrics.loss > 1 OR metrics.loss < 0': { why: EXTENSION, status: 200, answer: {} },
  'searching runs: refuses (metrics.loss > 1)': { why: EXTENSION, status: 200, answer: {} },
  "searching runs: refuses params.kind IN ('a')": { why: EXTENSION, status: 200, answer: {} },
  'searching runs: takes what is no number for 0': { why: 'NaN is not less than 0.1', answer: {} },
  'searching runs: reads something into metrics. > 1': { why: HALF_FILTER, ...invalid('Invalid filter') },
  "searching runs: reads something into params.kind = 'a' AND": { why: HALF_FILTER, ...invalid('Invalid filter') },
  "searching runs: reads something into AND params.kind = 'a'": { why: HALF_FILTER, ...invalid('Invalid filter') },
  'searching runs: takes experiments that are no list for a list of letters': {
    why: PARTLY_READ,
    ...wrongType('"11"', 'experiment_ids', 'str'),
  },
  'searching runs: takes an unknown view for the active ones': {
    why: PARTLY_READ,
    ...invalid(
      'Invalid value "SOME" for parameter \'run_view_type\' supplied:  Expected one of ACTIVE_ONLY, DELETED_ONLY, ALL.',
    ),
  },
  'model versions: has lost the alias with it': {
    why: 'MLflow leaves an alias behind that points at nothing',
    ...invalid('Registered model alias champion not found.'),
  },
  'artifacts: gets a file of a folder': {
    why: 'a name with a space has to stand in quotes',
    answerHeaders: { 'content-type': 'text/plain', 'content-disposition': 'attachment; filename="b c.json"' },
  },
  'artifacts: does not find an unknown file': {
    why: NO_FILE,
    ...unknown('No such artifact: "14/{{run}}/artifacts/nowhere.txt"'),
  },
  'artifacts: has lost it': { why: NO_FILE, ...unknown('No such artifact: "14/{{run}}/artifacts/a.txt"') },
  'traces: sets no tag of an unknown one': {
    why: "MLflow answers the database driver's words",
    ...unknown("Trace with ID 'tr-{{id}}' not found."),
  },
  'traces: keeps the steps of a trace': {
    why: 'an answer in protobuf without fields is no byte; MLflow sends JSON under the name of protobuf',
    answer: '',
  },
  'traces: refuses steps that are no protobuf': {
    why: 'one form for all refusals',
    answer: refused('INVALID_PARAMETER_VALUE', 'Invalid OpenTelemetry protobuf format'),
  },
  'traces: refuses steps without an experiment': {
    why: 'one form for all refusals',
    ...invalid('The header x-mlflow-experiment-id is missing.'),
  },
  'traces: refuses steps as JSON': {
    why: 'an extension: OpenTelemetry knows JSON too',
    answer: refused('INVALID_PARAMETER_VALUE', 'Invalid OpenTelemetry format - no spans found'),
  },
  'requests at large: does not know a path': { why: NO_PAGE, ...noEndpoint('GET /api/2.0/mlflow/nowhere/get') },
  'requests at large: does not know a method': {
    why: NO_PAGE,
    ...noEndpoint('GET /api/2.0/mlflow/experiments/create'),
  },
  "requests at large: knows the pages' prefix": {
    why: NO_PAGE,
    ...noEndpoint('POST /ajax-api/2.0/mlflow/experiments/get-by-name'),
  },
  'requests at large: refuses a foreign host': {
    why: CROSSING,
    ...page(''),
    answer: refused(
      'PERMISSION_DENIED',
      'Invalid Host header - possible DNS rebinding attack detected: "evil.example" ' +
        '(expected localhost, 127.0.0.1, ::1; start the server with --allowed-hosts to add names)',
    ),
  },
  'requests at large: refuses a foreign page': {
    why: CROSSING,
    ...page(''),
    answer: refused(
      'PERMISSION_DENIED',
      'Cross-origin request blocked: "http://evil.example" may not change anything here (start the server with --allowed-origins to let it)',
    ),
  },
  'requests at large: takes a local page': {
    why: 'a page of another port of this machine is a foreign page',
    status: 403,
    answer: refused(
      'PERMISSION_DENIED',
      'Cross-origin request blocked: "http://localhost:3000" may not change anything here (start the server with --allowed-origins to let it)',
    ),
  },
};
