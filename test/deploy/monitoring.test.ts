import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { root, textOf } from '../source-files.js';
import { deployTool, filesBelow, runTool } from './deploy-files.js';
import { metricsIn, syntaxErrors, withoutVariables } from './promql.js';
import { runServer, type RunningServer } from './running-server.js';

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly annotations?: Readonly<Record<string, string>>;
}

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly Rule[] }[];
}

interface RuleTests {
  readonly tests: readonly {
    readonly alert_rule_test?: readonly { readonly alertname: string; readonly exp_alerts: readonly object[] }[];
  }[];
}

interface Datasource {
  readonly type: string;
  readonly uid: string;
}

interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly datasource: Datasource;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly { readonly refId: string; readonly expr: string }[];
}

interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly schemaVersion: number;
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string; readonly query: string }[] };
  readonly annotations: { readonly list: readonly { readonly expr: string }[] };
}

const ruleFiles = filesBelow('deploy/monitoring/rules');
const testFiles = filesBelow('deploy/monitoring/tests');
const dashboardFiles = filesBelow('deploy/monitoring/grafana/dashboards');
const rules = ruleFiles.flatMap((path) => {
  const { groups }: RuleFile = parse(textOf(path));
  return groups.flatMap((group) => group.rules);
});
const recorded = rules.flatMap(({ record }) => record ?? []);
const alerts = rules.flatMap(({ alert }) => alert ?? []);
const dashboards = dashboardFiles.map((path) => {
  const dashboard: Dashboard = JSON.parse(textOf(path));
  return { path, dashboard };
});
const queries = [
  ...rules.map(({ expr, alert, record }) => ({ of: alert ?? record ?? '', query: expr })),
  ...dashboards.flatMap(({ dashboard }) => [
    ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => ({ of: title, query: expr }))),
    ...dashboard.annotations.list.map(({ expr }) => ({ of: `annotations of ${dashboard.title}`, query: expr })),
  ]),
].map(({ of, query }) => ({ of, query: withoutVariables(query) }));

let service: RunningServer;
beforeAll(async () => {
  service = await runServer();
});
afterAll(async () => {
  await service.stop();
});

describe('the queries of alerts and dashboards', () => {
  it('are PromQL', () => {
    expect(queries.flatMap(({ of, query }) => syntaxErrors(query).map((error) => `${of}: ${error}`))).toEqual([]);
  });

  it('read only what a real service tells, or what the rules record', async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const types = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name, type]) => ({ name, type }));
    const known = new Set([
      ...['up', ...recorded],
      ...types.flatMap(({ name, type }) =>
        type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
      ),
    ]);
    const unknown = queries.flatMap(({ of, query }) =>
      metricsIn(query).flatMap((name) => (known.has(name) ? [] : [`${of}: ${name}`])),
    );
    expect(unknown).toEqual([]);
    expect(queries.flatMap(({ query }) => metricsIn(query)).length).toBeGreaterThan(queries.length);
  });

  it('name only outcomes of a reload that there are', async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text();
    const named = queries.flatMap(({ query }) => [...query.matchAll(/outcome="(\w+)"/g)].map(([, outcome]) => outcome));
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter((outcome) => !text.includes(`scorecast_model_reloads_total{outcome="${outcome}"}`))).toEqual(
      [],
    );
  });
});

describe('deploy/monitoring/rules', () => {
  it('is as promtool wants it', (context) => {
    const { status, output } = runTool(context, 'promtool', 'check', 'rules', ...ruleFiles);
    expect(status, output).toBe(0);
  });

  it.for(testFiles)('does what %s says', { timeout: 180_000 }, (path, context) => {
    const { status, output } = runTool(context, 'promtool', 'test', 'rules', path);
    expect(status, output).toBe(0);
  });

  it('has a test for every alert, in which it fires', () => {
    const fired = testFiles.flatMap((path) => {
      const { tests }: RuleTests = parse(textOf(path));
      return tests.flatMap(({ alert_rule_test: cases = [] }) =>
        cases.filter(({ exp_alerts: expected }) => expected.length > 0).map(({ alertname }) => alertname),
      );
    });
    expect(alerts.filter((alert) => !fired.includes(alert))).toEqual([]);
  });

  it('tells for every alert what to do, in a section of the guide', () => {
    const headings = new Set(
      [...textOf('docs/guide/monitoring-the-service.md').matchAll(/^#+ (.+)$/gm)].map(([, text]) => text),
    );
    expect(alerts.filter((alert) => !headings.has(alert))).toEqual([]);
    const wrong = rules.filter(
      ({ alert, annotations }) =>
        alert !== undefined &&
        annotations?.['runbook'] !== `docs/guide/monitoring-the-service.md#${alert.toLowerCase()}`,
    );
    expect(wrong).toEqual([]);
  });

  it('uses every series that it records', () => {
    const used = new Set(queries.flatMap(({ query }) => metricsIn(query)));
    expect(recorded.filter((name) => !used.has(name))).toEqual([]);
  });
});

describe.each(dashboards)('$path', ({ dashboard }) => {
  it('is a dashboard that Grafana loads: panels with a place, a kind and a source', () => {
    expect(dashboard).toMatchObject({ uid: expect.stringMatching(/^[a-z-]{1,40}$/), schemaVersion: 39 });
    for (const { gridPos, datasource, type, targets, title } of dashboard.panels) {
      expect(title).not.toBe('');
      expect(['stat', 'timeseries', 'table', 'heatmap', 'bargauge']).toContain(type);
      expect(datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
      expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
      expect(targets.map(({ refId }) => refId)).toEqual(['A', 'B', 'C'].slice(0, targets.length));
    }
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  });

  it('has panels that do not lie on each other', () => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('defines every variable that it uses', () => {
    const own = dashboard.templating.list.map(({ name }) => name);
    const used = [...JSON.stringify(dashboard).matchAll(/\$\{?(\w+)/g)].map(([, name]) => name);
    const unknown = used.filter(
      (name) => !own.includes(name) && !['__rate_interval', '__range', '__all'].includes(name),
    );
    expect(unknown).toEqual([]);
  });
});

describe('what Grafana is given', () => {
  it('finds Prometheus and the dashboards where compose puts them', () => {
    const { datasources } = parse(textOf('deploy/monitoring/grafana/provisioning/datasources/prometheus.yml'));
    expect(datasources).toMatchObject([{ type: 'prometheus', uid: 'prometheus', url: 'http://prometheus:9090' }]);
    const { providers } = parse(textOf('deploy/monitoring/grafana/provisioning/dashboards/scorecast.yml'));
    const compose = textOf('deploy/compose/compose.yaml');
    expect(compose).toContain(`- ../monitoring/grafana/dashboards:${providers[0].options.path}:ro`);
    expect(compose).toContain('- ../monitoring/grafana/provisioning:/etc/grafana/provisioning:ro');
    expect(compose).toMatch(/^ {2}prometheus:$/m);
  });
});

describe('a real Prometheus with deploy/monitoring/prometheus.yml', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scorecast-prometheus-'));
  let prometheus: ChildProcess | undefined;
  let url = '';

  beforeAll(async () => {
    const program = deployTool('prometheus');
    if (program === undefined) return;
    const address = `127.0.0.1:${await freePort()}`;
    url = `http://${address}/api/v1`;
    const config = textOf('deploy/monitoring/prometheus.yml')
      .replace('service:8080', `127.0.0.1:${service.port}`)
      .replace('localhost:9090', address)
      .replaceAll('15s', '1s');
    writeFileSync(join(folder, 'prometheus.yml'), config);
    cpSync(join(root, 'deploy/monitoring/rules'), join(folder, 'rules'), { recursive: true });
    prometheus = spawn(
      program,
      [
        '--config.file=prometheus.yml',
        '--storage.tsdb.path=data',
        `--web.listen-address=${address}`,
        '--log.level=error',
      ],
      { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] },
    );
  });

  afterAll(async () => {
    if (prometheus !== undefined) {
      const ended = new Promise((resolve) => prometheus?.once('close', resolve));
      prometheus.kill('SIGTERM');
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  });

  it('scrapes a real service, evaluates every rule and answers every query of the dashboards', async (context) => {
    if (prometheus === undefined) {
      context.skip('prometheus is not installed (bash scripts/deploy-tools.sh promtool)');
      return;
    }
    await expect.poll(() => valueOf('scorecast_model_info'), { timeout: 30_000, interval: 200 }).toBe('1');
    expect(await valueOf('up{job="scorecast"}')).toBe('1');
    expect(await valueOf('scorecast_prediction_count')).toBe('2');
    for (const { of, query } of queries) {
      expect([of, (await ask(query)).status]).toEqual([of, 'success']);
    }
    await expect
      .poll(unhealthyRules, { timeout: 30_000, interval: 500 })
      .toEqual({ evaluated: rules.length, failing: [] });
  });

  /** The first value that a query gives. */
  async function valueOf(query: string): Promise<string | undefined> {
    const { data } = await ask(query);
    return data?.result[0]?.value[1];
  }

  async function ask(
    query: string,
  ): Promise<{ status: string; data?: { result: readonly { value: readonly [number, string] }[] } }> {
    try {
      return await (await fetch(`${url}/query?query=${encodeURIComponent(query)}`)).json();
    } catch {
      // It does not listen yet.
      await sleep(50);
      return { status: 'unreachable' };
    }
  }

  async function unhealthyRules() {
    const { data }: { data: { groups: readonly { rules: readonly { name: string; health: string }[] }[] } } = await (
      await fetch(`${url}/rules`)
    ).json();
    const all = data.groups.flatMap((group) => group.rules);
    return {
      evaluated: all.filter(({ health }) => health !== 'unknown').length,
      failing: all.filter(({ health }) => health === 'err').map(({ name }) => name),
    };
  }
});

it('every file of deploy/monitoring is one of those above', () => {
  const others = [
    'deploy/monitoring/prometheus.yml',
    'deploy/monitoring/grafana/provisioning/dashboards/scorecast.yml',
    'deploy/monitoring/grafana/provisioning/datasources/prometheus.yml',
  ];
  const checked = [...ruleFiles, ...testFiles, ...dashboardFiles, ...others];
  expect(filesBelow('deploy/monitoring').filter((path) => !checked.includes(path))).toEqual([]);
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' ? (address?.port ?? 0) : 0));
    });
  });
}
