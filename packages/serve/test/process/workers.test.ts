import { createServer } from 'node:net';
import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { expositionText, metricFamily } from '../../src/metrics/exposition.js';
import { mergeFamilies } from '../../src/metrics/merge-families.js';
import { quotaOf, workerCount } from '../../src/workers/worker-count.js';
import { metricOf, serveProcess } from './live-server.js';
import { bundleFile, variants } from './variants.js';

const [old, next] = await variants(2);

/** Asks over a connection of its own: the workers take turns. */
async function versionOnce(url: string): Promise<unknown> {
  const outgoing = request(`${url}/health`, { agent: false }).end();
  const [response] = await once(outgoing, 'response');
  return JSON.parse(await text(response)).version;
}

const versions = (url: string) => Promise.all(Array.from({ length: 8 }, () => versionOnce(url)));

describe('--workers', () => {
  it('counts as one service, reloads as one, replaces a worker that dies, and stops as one', async () => {
    const { file, replace } = await bundleFile(old.text);
    const service = await serveProcess(file, '--workers', '2');
    const { url } = service;
    await expect.poll(() => metricOf(url, 'scorecast_workers')).toBe(2);
    expect(new Set(await versions(url))).toEqual(new Set([old.bundle.version]));
    const asked = 'scorecast_requests_total{method="GET",route="/health",status="200"}';
    expect(await metricOf(url, asked)).toBe(8);

    await replace(next.text);
    service.signal('SIGHUP');
    await expect.poll(() => metricOf(url, 'scorecast_model_reloads_total{outcome="replaced"}')).toBe(1);
    expect(new Set(await versions(url))).toEqual(new Set([next.bundle.version]));

    await replace('{}');
    service.signal('SIGHUP');
    await expect.poll(() => metricOf(url, 'scorecast_model_reloads_total{outcome="refused"}')).toBe(1);
    // Who takes the place of a worker serves what all serve, not what the file holds by now.
    const [worker] = workersOf(service.log());
    process.kill(worker, 'SIGKILL');
    await expect.poll(() => metricOf(url, 'scorecast_worker_restarts_total')).toBe(1);
    await expect.poll(() => metricOf(url, 'scorecast_workers')).toBe(2);
    expect(new Set(await versions(url))).toEqual(new Set([next.bundle.version]));
    expect(await metricOf(url, asked)).toBe(24);

    service.signal('SIGTERM');
    expect(await service.ended).toBe(0);
    expect(service.log().match(/"msg":"stopped"/g)).toHaveLength(1);
  });

  it('says why it cannot start, with the exit code of one process', async () => {
    const { file } = await bundleFile(old.text);
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const address = taken.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    const service = await serveProcess(file, '--workers', '2', '--port', port);
    expect(await service.ended).toBe(1);
    expect(service.log()).toContain(`port ${port} on 127.0.0.1 is in use by another program`);
    taken.close();
  });

  it('is as many as asked for, or one per core that a container may use', () => {
    expect(workerCount(3)).toBe(3);
    expect(workerCount('auto')).toBeGreaterThanOrEqual(1);
    expect(quotaOf('150000 100000\n')).toBe(2);
    expect(quotaOf('max 100000\n')).toBe(Infinity);
  });
});

/** The workers' process ids, as their lines say them. */
function workersOf(log: string): readonly number[] {
  const [, pids = ''] = /"workers":\[([\d,]+)\]/.exec(log) ?? [];
  return pids.split(',').map(Number);
}

describe('the metrics of several processes', () => {
  it('are summed where they count, and else the smallest or largest', () => {
    const of = (count: number, gauge: number, route: string) => [
      metricFamily('c', 'counter', 'x', [{ labels: { route }, value: count }, { value: 1 }]),
      metricFamily('low', 'gauge', 'x', [{ value: gauge }], 'min'),
      metricFamily('high', 'gauge', 'x', [{ value: gauge }]),
      metricFamily('sum', 'gauge', 'x', [{ value: gauge }], 'sum'),
    ];
    const lines = expositionText(mergeFamilies([of(2, 5, '/a'), of(3, 7, '/a'), of(4, 6, '/b')])).split('\n');
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual([
      'c{route="/a"} 5',
      'c 3',
      'c{route="/b"} 4',
      'low 5',
      'high 7',
      'sum 18',
      '',
    ]);
  });
});
