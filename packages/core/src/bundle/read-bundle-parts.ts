import { metrics } from '../metrics/metrics.js';
import type { JsonReader } from '../schema/json-reader.js';
import type { CellValue } from '../schema/format-record.js';
import type {
  BundleMetrics,
  ColumnProfile,
  Importance,
  PartScores,
  PermutationImportance,
  PredictionInterval,
  Provenance,
  Replay,
} from './bundle.js';

/** Reads how wide intervals are. */
export function readInterval(reader: JsonReader, input: unknown, path: string): PredictionInterval {
  const value = reader.object(input, path);
  const level = reader.number(value['level'], `${path}.level`);
  if (!(level > 0 && level < 1)) reader.note(`${path}.level`, 'a number between 0 and 1');
  const radius = value['radius'] === null ? Infinity : reader.number(value['radius'], `${path}.radius`);
  if (radius < 0) reader.note(`${path}.radius`, 'a number of at least 0, or null');
  return {
    level,
    radius,
    residualCount: reader.integer(value['residualCount'], `${path}.residualCount`, 0),
    testCoverage: reader.number(value['testCoverage'], `${path}.testCoverage`),
  };
}

/** Reads what was measured in training. */
export function readMetrics(reader: JsonReader, input: unknown, path: string): BundleMetrics {
  const value = reader.object(input, path);
  const scores = (key: string) => readScores(reader, value[key], `${path}.${key}`);
  return {
    train: scores('train'),
    cv: scores('cv'),
    cvSd: scores('cvSd'),
    test: scores('test'),
    trainRows: reader.integer(value['trainRows'], `${path}.trainRows`, 1),
    testRows: reader.integer(value['testRows'], `${path}.testRows`, 1),
  };
}

function readScores(reader: JsonReader, input: unknown, path: string): PartScores {
  const value = reader.object(input, path);
  const score = (key: string) => reader.number(value[key], `${path}.${key}`);
  const others = Object.keys(metrics).filter((name) => value[name] !== undefined);
  const scores = Object.fromEntries(others.map((name) => [name, score(name)]));
  return { ...scores, r2: score('r2'), mae: score('mae'), rmse: score('rmse') };
}

/** Reads what the model rests on. */
export function readImportance(reader: JsonReader, input: unknown, path: string): Importance {
  const value = reader.object(input, path);
  const permutation = readPermutation(reader, value['permutation'], `${path}.permutation`);
  if (value['columns'] === undefined) return { permutation };
  const at = `${path}.columns`;
  const columns = reader.object(value['columns'], at);
  return {
    permutation,
    columns: {
      kind: reader.oneOf(columns['kind'], `${at}.kind`, ['impurity', 'coefficients']),
      values: readList(reader, columns['values'], `${at}.values`, (name, number) => ({ name, value: number('value') })),
    },
  };
}

function readPermutation(reader: JsonReader, input: unknown, path: string): PermutationImportance {
  const value = reader.object(input, path);
  return {
    metric: reader.oneOf(value['metric'], `${path}.metric`, ['r2', 'mae', 'rmse']),
    baseline: reader.number(value['baseline'], `${path}.baseline`),
    rows: reader.integer(value['rows'], `${path}.rows`, 1),
    repeats: reader.integer(value['repeats'], `${path}.repeats`, 1),
    features: readList(reader, value['features'], `${path}.features`, (name, number) => ({
      name,
      mean: number('mean'),
      sd: number('sd'),
    })),
  };
}

/** A list of things that have a name and numbers. */
function readList<T>(
  reader: JsonReader,
  input: unknown,
  path: string,
  read: (name: string, number: (key: string) => number) => T,
): readonly T[] {
  return reader.array(input, path).map((item, i) => {
    const at = `${path}[${i}]`;
    const value = reader.object(item, at);
    return read(reader.string(value['name'], `${at}.name`), (key) => reader.number(value[key], `${at}.${key}`));
  });
}

/** Reads what the training columns looked like. */
export function readReference(reader: JsonReader, input: unknown, path: string): readonly ColumnProfile[] {
  return reader.array(input, path).map((item, i) => readProfile(reader, item, `${path}[${i}]`));
}

function readProfile(reader: JsonReader, input: unknown, path: string): ColumnProfile {
  const value = reader.object(input, path);
  const number = (key: string) => reader.number(value[key], `${path}.${key}`);
  const kind = reader.oneOf(value['kind'], `${path}.kind`, ['numeric', 'categorical']);
  const base = { name: reader.string(value['name'], `${path}.name`), missing: number('missing') };
  if (kind === 'numeric') {
    const quantiles = reader.array(value['quantiles'], `${path}.quantiles`);
    const at = (i: number) => reader.number(quantiles[i], `${path}.quantiles[${i}]`);
    return { kind, ...base, mean: number('mean'), sd: number('sd'), quantiles: [at(0), at(1), at(2), at(3), at(4)] };
  }
  return {
    kind,
    ...base,
    counts: reader.array(value['counts'], `${path}.counts`).map((item, i) => {
      const entry = reader.object(item, `${path}.counts[${i}]`);
      const level = entry['level'];
      if (typeof level !== 'string') reader.note(`${path}.counts[${i}].level`, 'a text');
      return { level: String(level), count: reader.integer(entry['count'], `${path}.counts[${i}].count`, 0) };
    }),
  };
}

/** Reads where the model comes from. */
export function readProvenance(reader: JsonReader, input: unknown, path: string): Provenance {
  const value = reader.object(input, path);
  const text = (key: string) => reader.string(value[key], `${path}.${key}`);
  return {
    scorecast: text('scorecast'),
    estimator: text('estimator'),
    params: reader.object(value['params'], `${path}.params`),
    preprocessing: reader.object(value['preprocessing'], `${path}.preprocessing`),
    seed: reader.integer(value['seed'], `${path}.seed`, 0),
    testSize: reader.number(value['testSize'], `${path}.testSize`),
    folds: reader.integer(value['folds'], `${path}.folds`, 2),
    dataSha256: text('dataSha256'),
    dataRows: reader.integer(value['dataRows'], `${path}.dataRows`, 1),
    selection: text('selection'),
    ...(value['search'] === undefined ? {} : { search: reader.object(value['search'], `${path}.search`) }),
  };
}

/** Reads the recorded test rows. */
export function readReplay(reader: JsonReader, input: unknown, path: string): Replay {
  const value = reader.object(input, path);
  const rows = reader
    .array(value['rows'], `${path}.rows`)
    .map((item, i) => readRecord(reader, item, `${path}.rows[${i}]`));
  const recorded = reader.array(value['predictions'], `${path}.predictions`);
  if (recorded.length !== rows.length) reader.note(`${path}.predictions`, `${rows.length} numbers`);
  return { rows, predictions: recorded.map((item, i) => reader.number(item, `${path}.predictions[${i}]`)) };
}

function readRecord(reader: JsonReader, input: unknown, path: string): Readonly<Record<string, CellValue>> {
  const entries = Object.entries(reader.object(input, path)).map(([key, item]): [string, CellValue] => {
    if (item === null || typeof item === 'string') return [key, item];
    return [key, reader.number(item, `${path}.${key}`)];
  });
  return Object.fromEntries(entries);
}
