// The inference service under load, beside a bare server, the framework it is built on, and what Python teams serve with.
// `npm run bench -- serving [--rounds 3] [--seconds 4] [--write]`: prints a Markdown section; --write puts it into
// bench/RESULTS.md. Takes about five minutes.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadBundle } from '@scorecast/core';
import { root } from '../scripts/prepare.mjs';
import { mlflowPython, mlflowVersion, peerPython, peerVersions } from './measure/peers.mjs';
import { runProcess } from './measure/process.mjs';
import { machine, markdownTable, saveSection } from './measure/report.mjs';
import { startServer } from './measure/server.mjs';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '4' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
});

const CONTENTS = `One record per request, with validation, interval, metrics, request log and prediction log on our side and none of them on the
others; the linear model and the forest of 100 trees are fitted to the same fictional exam records. Every server is one process and is
loaded by the same client, in a process of its own on the same two cores; after two seconds to warm up, medians over the rounds, in turn.
Processor time is the server's alone, user and system, per request. Start is from the command to the first answer of /health, of /ping for
MLflow; memory is what is resident after the load. Requests per second of the faster servers are bounded by the client, which shares the cores.
`;

const cli = join(root, 'packages/cli/bin/scorecast.js');
const service = join(root, 'packages/serve/bin/scorecast-serve.js');
const work = mkdtempSync(join(tmpdir(), 'scorecast-bench-'));
const file = (name) => join(work, name);
const node = (...args) => runProcess(process.execPath, args);

try {
  const record = await trainModels();
  const servers = Object.entries(contenders(record)).filter(
    ([name]) => options.only === undefined || name.includes(options.only),
  );
  const results = new Map(servers.map(([name]) => [name, []]));
  for (let round = 1; round <= Number(options.rounds); round++) {
    for (const [name, contender] of servers) {
      const result = await measure(contender);
      results.get(name).push(result);
      process.stderr.write(
        `round ${round}, ${name}: ${result.one.cpuUs.toFixed(1)} us, ${Math.round(result.many.perSecond)}/s\n`,
      );
    }
  }
  const head = machine(`peers: ${peerVersions}, MLflow ${mlflowVersion}; rounds in turn: ${options.rounds}`);
  const section = ['## serving\n', head, CONTENTS, table(results), '', ...verdicts(results)].join('\n').trimEnd();
  process.stdout.write(`${section}\n`);
  if (options.write) saveSection('serving', section);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** Trains a linear model and a forest on our side, saves one for MLflow; returns a record to ask about. */
async function trainModels() {
  await node(cli, 'sample', 'exams', '-o', file('exams.csv'));
  await node(cli, 'sample', 'exams', '--schema', '-o', file('schema.json'));
  const schema = JSON.parse(readFileSync(file('schema.json'), 'utf8'));
  const grids = {
    linear: [{ estimator: 'least-squares' }],
    forest: [{ estimator: 'random-forest', params: { nEstimators: 100 } }],
  };
  for (const [name, grid] of Object.entries(grids)) {
    const config = { schema, data: 'exams.csv', out: name, grid };
    writeFileSync(file(`${name}.json`), JSON.stringify(config));
    await node(cli, 'train', '--config', file(`${name}.json`), '--tracking-uri', 'none');
  }
  const mlflowModel = join(root, 'bench/peers/mlflow_model.py');
  await runProcess(mlflowPython(), [mlflowModel, file('exams.csv'), file('mlflow-model')]);
  const { replay } = await loadBundle(readFileSync(file('linear/bundle.json'), 'utf8'));
  const [row] = replay.rows;
  return row;
}

/** Every server: its command for a port, the path that answers, the body that is sent. */
function contenders(record) {
  const body = JSON.stringify(record);
  const at = (path) => ({ path, body, health: '/health' });
  const ours = (name) => ({
    ...at('/predict'),
    command: (port) => [
      process.execPath,
      [service, file(`${name}/bundle.json`), '--port', String(port), '--log-predictions', file(`log-${name}`)],
    ],
  });
  const script = (name) => ({
    ...at('/predict'),
    command: (port) => [process.execPath, [join(root, 'bench/serving', name), String(port)]],
  });
  const fastapi = (estimator) => ({
    ...at('/predict'),
    command: (port) => [peerPython(), [join(root, 'bench/peers/serve.py'), file('exams.csv'), String(port), estimator]],
  });
  const mlflow = (port) => [
    join(dirname(mlflowPython()), 'mlflow'),
    ['models', 'serve', '--model-uri', file('mlflow-model'), '--port', String(port), '--env-manager', 'local'],
  ];
  return {
    'bare node:http echo': script('bare-http.mjs'),
    'bare fastify echo': script('bare-fastify.mjs'),
    'scorecast, linear': ours('linear'),
    'FastAPI + scikit-learn, linear': fastapi('least-squares'),
    'MLflow scoring server, linear': {
      command: mlflow,
      path: '/invocations',
      body: JSON.stringify({ dataframe_records: [record] }),
      health: '/ping',
      // It starts uvicorn by name.
      env: { PATH: [dirname(mlflowPython()), process.env.PATH].join(delimiter) },
    },
    'scorecast, forest of 100': ours('forest'),
    'FastAPI + scikit-learn, forest of 100': fastapi('random-forest'),
  };
}

/** One server from its start to its end. */
async function measure({ command, path, body, health, env }) {
  const server = await startServer(command, { health, env });
  try {
    const url = `${server.url}${path}`;
    await load(server, url, 8, 2, body);
    const one = await load(server, url, 1, Number(options.seconds), body);
    const many = await load(server, url, 32, Number(options.seconds), body);
    return { startMs: server.startMs, one, many, memoryMb: server.memoryMb() };
  } finally {
    await server.stop();
  }
}

async function load(server, url, connections, seconds, body) {
  const before = server.cpuUs();
  const { stdout } = await node(join(root, 'bench/serving/load.mjs'), url, String(connections), String(seconds), body);
  const result = JSON.parse(stdout);
  if (result.failed > 0) throw new Error(`${url}: ${result.failed} of ${result.requests} answers were not 200`);
  return { ...result, cpuUs: (server.cpuUs() - before) / result.requests };
}

function table(results) {
  const head = [
    '',
    'CPU, 1 conn.',
    'CPU, 32 conn.',
    'requests/s, 1',
    'requests/s, 32',
    'p99, 1',
    'p99, 32',
    'start',
    'memory',
  ];
  const rows = Array.from(results, ([name, runs]) => [
    name,
    ...['one', 'many'].map((load) => `${middle(runs, (run) => run[load].cpuUs).toFixed(1)} µs`),
    ...['one', 'many'].map((load) => middle(runs, (run) => run[load].perSecond).toFixed(0)),
    ...['one', 'many'].map((load) => `${middle(runs, (run) => run[load].p99).toFixed(2)} ms`),
    `${middle(runs, (run) => run.startMs).toFixed(0)} ms`,
    `${middle(runs, (run) => run.memoryMb).toFixed(0)} MB`,
  ]);
  return markdownTable(head, rows);
}

/** The targets, and whether they are met. */
function verdicts(results) {
  const of = (name, figure) => (results.has(name) ? middle(results.get(name), figure) : Number.NaN);
  const ours = (figure) => of('scorecast, linear', figure);
  const cpu = ({ many }) => many.cpuUs;
  const rate = ({ many }) => many.perSecond;
  const bare = ours(cpu) / of('bare node:http echo', cpu);
  const framework = ours(cpu) / of('bare fastify echo', cpu);
  const fastapi = ours(rate) / of('FastAPI + scikit-learn, linear', rate);
  const line = (what, value, target, isMet) => [what, value, target, isMet ? 'yes' : 'no'];
  return [
    markdownTable(
      ['scorecast, linear, 32 connections', 'measured', 'target', 'met'],
      [
        line('CPU per request / bare node:http echo', `${bare.toFixed(2)} x`, 'at most 1.3 x', bare <= 1.3),
        line('CPU per request / bare fastify echo', `${framework.toFixed(2)} x`, '', framework <= 1.3),
        line('requests/s / FastAPI + scikit-learn', `${fastapi.toFixed(1)} x`, 'at least 40 x', fastapi >= 40),
        line(
          'requests/s / MLflow scoring server',
          `${(ours(rate) / of('MLflow scoring server, linear', rate)).toFixed(1)} x`,
          '',
          true,
        ),
        line('p99', `${ours(({ many }) => many.p99).toFixed(2)} ms`, 'under 5 ms', ours(({ many }) => many.p99) < 5),
        line(
          'start to first answer',
          `${ours(({ startMs }) => startMs).toFixed(0)} ms`,
          'under 300 ms',
          ours(({ startMs }) => startMs) < 300,
        ),
        line(
          'memory after the load',
          `${ours(({ memoryMb }) => memoryMb).toFixed(0)} MB`,
          'under 90 MB',
          ours(({ memoryMb }) => memoryMb) < 90,
        ),
      ],
    ),
  ];
}

function middle(runs, figure) {
  const sorted = runs.map(figure).sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)];
}
