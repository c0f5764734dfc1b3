import { describe, expect, it } from 'vitest';
import { openServer } from './open-server.js';
import { readTranscript, Replay, type Step } from './replay.js';

const ODD_VALUES = [null, -1, 9_007_199_254_740_993, true, 'x\0', [null], [{}], { key: 1 }];
const ODD_TEXTS = ['', '-1', '1e9', 'x\0', '%', "'", '../..'];

describe('a tracking server', () => {
  it('refuses odd values, or takes them, but does not fail', { timeout: 240_000 }, async () => {
    const server = await openServer();
    const replay = new Replay(server.app);
    const steps = readTranscript().flatMap((section) => section.steps);
    for (const step of steps) await replay.send(step);
    const failed = [];
    for (const { keep: _keep, ...step } of oncePerShape(steps)) {
      for (const odd of [...oddBodies(step), ...oddQueries(step)]) {
        const { status } = await replay.send(odd);
        if (status >= 500 && status !== 501) {
          failed.push(`${status} ${odd.method} ${odd.url} ${JSON.stringify(odd.body)}`);
        }
      }
    }
    expect(failed).toEqual([]);
    await server.close();
  });
});

/** Of steps with the same path and fields the first, and none of those that are large. */
function oncePerShape(steps: readonly Step[]): readonly Step[] {
  const byShape = new Map<string, Step>();
  for (const step of steps) {
    const [path, query] = step.url.split('?');
    const body = JSON.stringify(step.body ?? {});
    const shape = [step.method, path, ...new URLSearchParams(query).keys(), ...Object.keys(JSON.parse(body))].join();
    if (!byShape.has(shape) && !/"repeat"|\*\d{4,}\}\}/u.test(body)) byShape.set(shape, step);
  }
  return [...byShape.values()];
}

function oddBodies(step: Step): readonly Step[] {
  return [...variants(step.body)].map((body) => ({ ...step, body }));
}

/** The value with an odd one in each of its places. */
function* variants(value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) {
    for (const first of variants(value[0])) yield [first, ...value.slice(1)];
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      for (const odd of ODD_VALUES) yield { ...value, [name]: odd };
      for (const variant of variants(field)) yield { ...value, [name]: variant };
    }
  }
}

function oddQueries(step: Step): readonly Step[] {
  const [path, query] = step.url.split('?');
  return [...new Set(new URLSearchParams(query).keys())].flatMap((name) =>
    ODD_TEXTS.map((odd) => {
      const changed = new URLSearchParams(query);
      changed.set(name, odd);
      const text = changed.toString().replaceAll('%7B%7B', '{{').replaceAll('%7D%7D', '}}');
      return { ...step, url: `${path}?${text}` };
    }),
  );
}
