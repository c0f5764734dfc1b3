// What scikit-learn's GridSearchCV does, by the public API: search-grid.mjs DATA SCHEMA GRID FOLDS WORKERS. Prints JSON: the
// best cross-validated R2 of each estimator, and the seconds that the search took within the process.

import { readFileSync } from 'node:fs';
import { parseSchema, takeRows, takeValues } from '@scorecast/core';
import { crossValidateGrid, kFold, startWorkers, trainTestSplit } from '@scorecast/train';

const [path, schemaPath, gridPath, foldCount, workerCount] = process.argv.slice(2);
const workers = Number(workerCount);
startWorkers(workers);
const { readDataset } = await import('@scorecast/data');
const schema = parseSchema(JSON.parse(readFileSync(schemaPath, 'utf8')));
const data = await readDataset(path, schema);
const { train } = trainTestSplit(data.target.length, { testSize: 0.2, seed: 42 });

const startedAt = performance.now();
const { scored } = await crossValidateGrid({
  schema,
  features: takeRows(data.features, train),
  target: takeValues(data.target, train),
  grid: JSON.parse(readFileSync(gridPath, 'utf8')),
  folds: kFold(train.length, { folds: Number(foldCount), shuffle: true, seed: 42 }),
  workers,
});
const best = {};
for (const { estimator, mean } of scored) best[estimator] ??= mean.r2;
process.stdout.write(JSON.stringify({ best, seconds: (performance.now() - startedAt) / 1000 }));
