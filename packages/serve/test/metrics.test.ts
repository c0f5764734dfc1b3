import { describe, expect, it } from 'vitest';
import { numericColumn, table } from '@scorecast/core';
import { expositionText, histogramFamily, metricFamily } from '../src/metrics/exposition.js';
import { featureCounts } from '../src/metrics/feature-counts.js';
import { keptCounts } from '../src/metrics/kept-counts.js';
import { count, tally } from '../src/metrics/tally.js';
import { createServer } from '../src/index.js';
import { examsBundle, examsReference, student } from './exams-bundle.js';

const bundle = await examsBundle({ reference: examsReference });

async function serve() {
  let now = new Date('2026-01-05T08:00:00Z');
  const app = await createServer(bundle, { logLevel: 'silent', now: () => now });
  const lines = async () => (await app.inject('/metrics')).body.split('\n');
  const wait = (seconds: number) => (now = new Date(now.getTime() + seconds * 1000));
  return { app, lines, wait };
}

describe('GET /metrics', () => {
  it('counts requests by route, method and status, and never by an address that was made up', async () => {
    const { app, lines } = await serve();
    await app.inject({ method: 'POST', url: '/predict', payload: student });
    await app.inject({ method: 'POST', url: '/predict?explain=true', payload: student });
    await app.inject({ method: 'POST', url: '/predict', payload: {} });
    await app.inject('/no/such/place');
    await app.inject('/another');
    const found = await lines();
    expect(found).toContain('scorecast_requests_total{method="POST",route="/predict",status="200"} 2');
    expect(found).toContain('scorecast_requests_total{method="POST",route="/predict",status="422"} 1');
    expect(found).toContain('scorecast_requests_total{method="any",route="unknown",status="404"} 2');
    expect(found).toContain('scorecast_request_duration_seconds_count{method="POST",route="/predict",status="200"} 2');
    expect(found.join('\n')).not.toContain('no/such');
  });

  it('counts predictions and the values that they were made from', async () => {
    const { app, lines } = await serve();
    const payload = [student, { ...student, lunch: 'free/reduced', reading_score: 5 }];
    await app.inject({ method: 'POST', url: '/predict', payload });
    const found = await lines();
    // 72 and 23.1, in steps of ten.
    expect(found).toContain('scorecast_prediction_bucket{le="30"} 1');
    expect(found).toContain('scorecast_prediction_bucket{le="80"} 2');
    expect(found).toContain('scorecast_prediction_count 2');
    expect(found).toContain('scorecast_feature_level_total{feature="lunch",level="free/reduced"} 1');
    expect(found).toContain('scorecast_feature_value_bucket{feature="reading_score",le="17"} 1');
    expect(found).toContain('scorecast_feature_value_count{feature="reading_score"} 2');
    expect(found).toContain('scorecast_feature_unseen_total{feature="reading_score"} 1');
    expect(found).toContain('scorecast_feature_unseen_total{feature="writing_score"} 0');
  });

  it('counts refused values by field and kind; a made-up field is only "other"', async () => {
    const { app, lines } = await serve();
    const wrong = { ...student, reading_score: 1000, oops: 1 };
    await app.inject({ method: 'POST', url: '/predict', payload: [wrong, wrong] });
    const found = await lines();
    expect(found).toContain('scorecast_input_problems_total{feature="reading_score",code="out-of-range"} 2');
    expect(found).toContain('scorecast_input_problems_total{feature="other",code="unknown-column"} 2');
    expect(found.join('\n')).not.toContain('oops');
  });

  it('counts the form as well', async () => {
    const { app, lines } = await serve();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = new URLSearchParams(Object.entries(student).map(([key, value]) => [key, String(value)])).toString();
    await app.inject({ method: 'POST', url: '/predictdata', headers, payload });
    await app.inject({ method: 'POST', url: '/predictdata', headers, payload: 'gender=female' });
    const found = await lines();
    expect(found).toContain('scorecast_prediction_count 1');
    expect(found).toContain('scorecast_input_problems_total{feature="lunch",code="missing"} 1');
  });

  it('names the model and its age', async () => {
    const { lines, wait } = await serve();
    wait(90);
    const found = await lines();
    expect(found).toContain(`scorecast_model_info{model="exams",version="${bundle.version}"} 1`);
    expect(found).toContain('scorecast_model_age_seconds 90');
  });

  it('is text of the exposition format: each family once, with help, type and lines of its name', async () => {
    const { app, lines } = await serve();
    await app.inject({ method: 'POST', url: '/predict', payload: student });
    const { headers } = await app.inject('/metrics');
    expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    const found = await lines();
    expect(found.pop()).toBe('');
    const families = found.filter((line) => line.startsWith('# TYPE')).map((line) => line.split(' ')[2]);
    expect(new Set(families).size).toBe(families.length);
    const sample = /^([a-z_]+)(?:\{[a-z]+="[^"]*"(?:,[a-z]+="[^"]*")*\})? (?:[-+]?[\d.e+-]+|[+-]Inf|NaN)$/;
    for (const line of found.filter((text) => !text.startsWith('#'))) {
      const name = sample.exec(line)?.[1] ?? `unreadable: ${line}`;
      expect(families).toContain(families.includes(name) ? name : name.replace(/_(?:bucket|sum|count)$/, ''));
    }
  });
});

describe('the exposition format', () => {
  it('escapes what labels may not hold as it is', () => {
    const family = metricFamily('m', 'gauge', 'a\nb', [{ labels: { l: 'x"y\\z\n' }, value: -Infinity }]);
    expect(expositionText([family])).toBe('# HELP m a\\nb\n# TYPE m gauge\nm{l="x\\"y\\\\z\\n"} -Inf\n');
  });

  it('writes buckets that include those below them; a bound belongs to its bucket', () => {
    const seen = tally([1, 2]);
    for (const value of [0.5, 1, 2, 7]) count(seen, value);
    expect(expositionText([histogramFamily('h', 'help', [{ tally: seen }])])).toBe(
      '# HELP h help\n# TYPE h histogram\nh_bucket{le="1"} 2\nh_bucket{le="2"} 3\nh_bucket{le="+Inf"} 4\nh_sum 10.5\nh_count 4\n',
    );
  });
});

it('what is missing is counted, and no value', () => {
  const [reading] = bundle.schema.features.filter(({ name }) => name === 'reading_score');
  const counts = featureCounts({ ...bundle.schema, features: [reading] }, [], keptCounts());
  counts.observe(table([numericColumn('reading_score', [70, Number.NaN])]));
  const text = expositionText(counts.families());
  expect(text).toContain('scorecast_feature_missing_total{feature="reading_score"} 1\n');
  expect(text).toContain('scorecast_feature_value_count{feature="reading_score"} 1\n');
});
