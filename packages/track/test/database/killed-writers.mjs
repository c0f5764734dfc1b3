// Eight writers that log batches until the process is killed, and name each batch once it was acknowledged.
import { writeSync } from 'node:fs';
import { createRun, logBatch, openStore } from '../../dist/index.js';

const [databaseUrl] = process.argv.slice(2);
const store = await openStore({ databaseUrl, artifactRoot: '/artifacts' });

async function write(writer) {
  const { runId } = (await createRun(store, { runName: `writer ${writer}` })).info;
  for (let step = 0; ; step += 1) {
    const metrics = [0, 1, 2].map((part) => ({ key: `m${part}`, value: step, timestamp: 1, step }));
    await logBatch(store, {
      runId,
      metrics,
      params: [{ key: `p${step}`, value: 'x' }],
      tags: [{ key: 'last', value: String(step) }],
    });
    writeSync(1, `${runId} ${step}\n`);
  }
}

await Promise.all(Array.from({ length: 8 }, (_, writer) => write(writer)));
