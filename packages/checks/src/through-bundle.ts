import {
  defineSchema,
  encodeBundle,
  loadBundle,
  predictPipeline,
  rowRecord,
  takeRows,
  type Bundle,
  type Column,
  type FeatureInput,
  type Pipeline,
  type Table,
} from '@scorecast/core';

const REPLAYED_ROWS = 5;

/** The pipeline as it comes back from a bundle's text. The first rows of `source` are the replay that loading proves. */
export async function throughBundle(pipeline: Pipeline, source: Table): Promise<Pipeline> {
  const text = await encodeBundle(bundleAround(pipeline, source));
  return (await loadBundle(text)).pipeline;
}

function bundleAround(pipeline: Pipeline, source: Table): Omit<Bundle, 'version'> {
  const replayed = takeRows(
    source,
    Array.from({ length: Math.min(REPLAYED_ROWS, source.rowCount) }, (_, row) => row),
  );
  const scores = { r2: 0, mae: 0, rmse: 0 };
  return {
    name: 'check',
    schema: defineSchema({ name: 'check', features: source.columns.map(featureOf), target: { name: 'target' } }),
    pipeline,
    interval: { level: 0.9, radius: Infinity, residualCount: 0, testCoverage: 1 },
    metrics: { train: scores, cv: scores, cvSd: scores, test: scores, trainRows: 1, testRows: 1 },
    reference: [],
    provenance: {
      scorecast: '0.0.0',
      estimator: 'check',
      params: {},
      preprocessing: {},
      seed: 0,
      testSize: 0.5,
      folds: 2,
      dataSha256: 'none',
      dataRows: 1,
      selection: 'Nothing was selected.',
    },
    replay: {
      rows: Array.from({ length: replayed.rowCount }, (_, row) => rowRecord(replayed, row)),
      predictions: Array.from(predictPipeline(pipeline, replayed)),
    },
  };
}

function featureOf(column: Column): FeatureInput {
  return column.kind === 'numeric'
    ? { kind: 'numeric', name: column.name, optional: true }
    : { kind: 'nominal', name: column.name, levels: column.levels, optional: true };
}
