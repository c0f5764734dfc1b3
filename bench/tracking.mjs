// The tracking server beside a pinned MLflow server: same machine, same requests, in turn, on SQLite and on PostgreSQL.
// `npm run bench -- tracking [--rounds 3] [--quick] [--databases sqlite,postgres] [--write]`; takes some minutes,
// most of them MLflow's.

import { closeSync, fdatasyncSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '../scripts/prepare.mjs';
import { mlflowVersion } from './measure/peers.mjs';
import { runProcess } from './measure/process.mjs';
import { machine, markdownTable, saveSection } from './measure/report.mjs';
import { startServer } from './measure/server.mjs';
import { postgresDatabases, sqliteDatabases } from './tracking/databases.mjs';
import { mlflowServer, scorecastServer } from './tracking/servers.mjs';

const { values: options } = parseArgs({
  options: {
    databases: { type: 'string', default: 'sqlite,postgres' },
    rounds: { type: 'string', default: '3' },
    quick: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const rounds = options.quick ? 1 : Number(options.rounds);

const openDatabases = { sqlite: sqliteDatabases, postgres: postgresDatabases };

const perSecond = (scale, unit) => ({
  valueOf: (result) => result.perSecond * scale,
  show: (value) => `${Math.round(value).toLocaleString('en').replaceAll(',', ' ')} ${unit}/s`,
  isRate: true,
});
const median = { valueOf: (result) => result.p50, show: milliseconds };
const slowest = { valueOf: (result) => result.p99, show: milliseconds };

/** What is asked, how often of either server per round, what is read off, and how many times faster it should be. */
const works = [
  { name: 'create run', ours: 400, theirs: 150, figures: [['p50', median, 10]] },
  { name: 'log-metric, 1 client', ours: 3000, theirs: 300, figures: logFigures() },
  { name: 'log-metric, 8 clients', ours: 6000, theirs: 400, figures: logFigures() },
  { name: 'log-batch of 1000 metrics', ours: 40, theirs: 10, figures: [['', perSecond(1000, 'metrics'), 10]] },
  { name: 'search, 1000 runs', ours: 15, theirs: 3, figures: [['p50', median, 10]] },
  { name: 'filter: metric, param and tag, 100 runs', ours: 40, theirs: 10, figures: [['p50', median, 10]] },
  { name: 'order_by metric DESC, 100 runs', ours: 30, theirs: 3, figures: [['p50', median, 10]] },
  { name: 'history of 25 000 points', ours: 15, theirs: 3, figures: [['p50', median, 10]] },
];

function logFigures() {
  return [
    ['', perSecond(1, 'requests'), 10],
    ['p99', slowest, 1],
  ];
}

const env = { MLFLOW_DISABLE_TELEMETRY: 'true' };
const work = mkdtempSync(join(tmpdir(), 'scorecast-bench-'));
const CONTENTS = `10 000 runs with 10 metrics of 10 steps, 6 params and 6 tags each, in MLflow's tables on both sides; MLflow's database is without our
indexes, its SQLite file in journal mode DELETE, as MLflow leaves it. Both servers run at the same time and are asked in turn, by the
same client in a process of its own; medians over the rounds. Every commit waits for the disk on both sides; one flush of a page inside
a file took ${flushMs().toFixed(2)} ms before the first round (p50), and no single write to SQLite is faster than that. Start is from the command to the
first answer of /health, with tables made before; memory is what is resident after the load, of all processes of a server.
`;

try {
  const tables = [];
  for (const name of options.databases.split(',')) {
    const folder = join(work, name);
    mkdirSync(folder);
    process.stderr.write(`${name}: writing 10 000 runs ...\n`);
    const databases = await openDatabases[name](folder);
    try {
      tables.push(`### ${databases.name}\n`, await compare(databases, folder), '');
    } finally {
      await databases.close();
    }
  }
  const head = machine(`peer: MLflow ${mlflowVersion}, one worker; rounds in turn: ${rounds}`);
  const section = ['## tracking\n', head, CONTENTS, ...tables].join('\n').trimEnd();
  process.stdout.write(`${section}\n`);
  if (options.write) saveSection('tracking', section);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function compare({ ours, theirs }, folder) {
  const commands = { ours: scorecastServer(ours, folder), theirs: mlflowServer(theirs, folder) };
  const starts = { ours: [], theirs: [] };
  for (let round = 1; round < rounds; round++) {
    for (const side of ['ours', 'theirs']) {
      const server = await startServer(commands[side], { env });
      starts[side].push(server.startMs);
      await server.stop();
    }
  }
  const servers = {};
  try {
    for (const side of ['ours', 'theirs']) {
      servers[side] = await startServer(commands[side], { env });
      starts[side].push(servers[side].startMs);
    }
    const results = await load(servers);
    const start = row('start to first answer', starts, milliseconds, { faster: 1, below: 500 });
    const memory = { ours: [servers.ours.memoryMb()], theirs: [servers.theirs.memoryMb()] };
    const megabytes = (value) => `${value.toFixed(0)} MB`;
    const rows = [start, row('memory after the load', memory, megabytes, { faster: 1, below: 120 }), ...results];
    return markdownTable(['', 'scorecast', 'MLflow', 'ratio', 'target', 'met'], rows);
  } finally {
    for (const server of Object.values(servers)) await server.stop();
  }
}

/** Asks both servers in turn; rows of the table. */
async function load(servers) {
  const results = new Map(works.map(({ name }) => [name, { ours: [], theirs: [] }]));
  for (let round = 1; round <= rounds; round++) {
    for (const one of works) {
      const { ours, theirs } = results.get(one.name);
      ours.push(await ask(servers.ours, one.name, one.ours));
      theirs.push(await ask(servers.theirs, one.name, one.theirs));
      const seen = [ours, theirs].map((runs) => runs.at(-1));
      mustAgree(one, ...seen.map(({ found }) => found));
      process.stderr.write(
        `round ${round}, ${one.name}: p50 ${seen.map(({ p50 }) => milliseconds(p50)).join(' and ')}\n`,
      );
    }
  }
  return works.flatMap(({ name, figures }) =>
    figures.map(([what, { valueOf, show, isRate }, faster]) => {
      const { ours, theirs } = results.get(name);
      const values = { ours: ours.map(valueOf), theirs: theirs.map(valueOf) };
      return row([name, what].filter(Boolean).join(', '), values, show, { faster, isRate });
    }),
  );
}

async function ask({ url }, name, count) {
  const client = join(root, 'bench/tracking/client.mjs');
  const { stdout } = await runProcess(process.execPath, [
    client,
    url,
    name,
    String(options.quick ? Math.ceil(count / 4) : count),
  ]);
  return JSON.parse(stdout);
}

/** Searches must have found the same; a faster wrong answer is worth nothing. */
function mustAgree({ name }, ours, theirs) {
  if (!Array.isArray(ours) || JSON.stringify(ours) === JSON.stringify(theirs)) return;
  throw new Error(`${name}: the answers differ: ${JSON.stringify(ours)} and ${JSON.stringify(theirs)}`);
}

function row(name, values, show, { faster, below, isRate = false }) {
  const ours = medianOf(values.ours);
  const theirs = medianOf(values.theirs);
  const ratio = isRate ? ours / theirs : theirs / ours;
  const target = below === undefined ? (faster === 1 ? 'not slower' : `${faster} x`) : `below ${show(below)}`;
  const met = below === undefined ? ratio >= faster : ours < below;
  return [name, show(ours), show(theirs), `${ratio.toFixed(1)} x`, target, met ? 'yes' : 'no'];
}

/** How long the disk takes to keep a page, which is what a commit to SQLite waits for at least. */
function flushMs() {
  const path = join(work, 'flush');
  const file = openSync(path, 'w');
  const page = Buffer.alloc(4096);
  writeSync(file, Buffer.alloc(200 * page.length));
  fdatasyncSync(file);
  const timesMs = Array.from({ length: 200 }, (_, i) => {
    const startedAt = performance.now();
    writeSync(file, page, 0, page.length, i * page.length);
    fdatasyncSync(file);
    return performance.now() - startedAt;
  });
  closeSync(file);
  return medianOf(timesMs);
}

function medianOf(values) {
  return [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)];
}

function milliseconds(value) {
  return value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} ms`;
}
