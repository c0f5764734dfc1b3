// Where the time of search-grid.mjs goes: search-profile.mjs DATA SCHEMA GRID FOLDS WORKERS. Prints JSON: the processor time of each
// phase, of all threads, in seconds. Phases come one after the other here, where search-grid.mjs lets them overlap.

import { readFileSync } from 'node:fs';

const WARM_RUNS = 3;

const phases = {};
let before = 0;
/** Ends a phase. */
const phase = (name) => {
  const { user, system } = process.cpuUsage();
  const used = (user + system) / 1e6;
  phases[name] = used - before;
  before = used;
};

phase('process');
const { parseSchema, takeRows, takeValues } = await import('@scorecast/core');
const { crossValidateGrid, kFold, trainTestSplit } = await import('@scorecast/train');
const { readDataset } = await import('@scorecast/data');
phase('modules');

const [path, schemaPath, gridPath, folds, workers] = process.argv.slice(2);
const schema = parseSchema(JSON.parse(readFileSync(schemaPath, 'utf8')));
const data = await readDataset(path, schema);
const { train } = trainTestSplit(data.target.length, { testSize: 0.2, seed: 42 });
phase('reading');

const search = (grid) =>
  crossValidateGrid({
    schema,
    features: takeRows(data.features, train),
    target: takeValues(data.target, train),
    grid,
    folds: kFold(train.length, { folds: Number(folds), shuffle: true, seed: 42 }),
    workers: Number(workers),
  });
// The least that there is to search: what it takes is the start of the threads.
await search([{ estimator: 'mean' }]);
phase('threads');

const grid = JSON.parse(readFileSync(gridPath, 'utf8'));
await search(grid);
phase('first search');
for (let run = 0; run < WARM_RUNS; run++) {
  await search(grid);
  phase(`again ${run}`);
}
process.stdout.write(JSON.stringify(phases));
