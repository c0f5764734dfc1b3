import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { curlExample } from '../src/pages/curl-example.js';
import { counted, fixed, howOften, percent, scoreFormat } from '../src/pages/wording.js';
import { createServer } from '../src/index.js';
import { examsBundle, student } from './exams-bundle.js';

const bundle = await examsBundle();
const app = await createServer(bundle, { logLevel: 'silent' });

describe('GET /', () => {
  it('names the model and what was measured on the test part', async () => {
    const { body, statusCode } = await app.inject('/');
    expect(statusCode).toBe(200);
    for (const text of [bundle.version, '0.880', '4.2', '5.4', '90.5\u00A0%', '200 records', 'href="/predictdata"']) {
      expect(body).toContain(text);
    }
  });

  it('shows a call with the example row and the very answer that the server gives', async () => {
    const { body } = await app.inject({ url: '/', headers: { host: 'school.example:8080' } });
    expect(body).toContain('curl http://school.example:8080/predict');
    const { id, ...answer } = (await app.inject({ method: 'POST', url: '/predict', payload: student })).json();
    const shown = JSON.stringify({ id, ...answer }, null, 2).replaceAll('"', '&quot;');
    // Only the id differs from answer to answer.
    const parts = shown.split(id);
    for (const part of parts) expect(body).toContain(part);
  });

  it('repeats no host that a shell could misread', async () => {
    const { body } = await app.inject({ url: '/', headers: { host: "x';rm -rf ~;'" } });
    expect(body).not.toContain('rm -rf');
  });

  it('leaves the example out when the bundle has no row to show', async () => {
    const bare = await createServer(await examsBundle({ replay: { rows: [], predictions: [] } }), {
      logLevel: 'silent',
    });
    const { body, statusCode } = await bare.inject('/');
    expect(statusCode).toBe(200);
    expect(body).not.toContain('curl');
  });
});

describe('the example command', () => {
  it('reaches the server unchanged through a shell', () => {
    const record = { level: "master's degree", odd: '$HOME `id` \\ "quoted" \n\'', score: 7 };
    const command = curlExample('http://localhost/predict', record).replace(/^curl/, 'printf %s\\\\n');
    const sent = execFileSync('sh', ['-c', command], { encoding: 'utf8' });
    expect(JSON.parse(sent.slice(sent.indexOf('{')))).toEqual(record);
  });
});

describe('wording', () => {
  it('says how often in whole cases where that is short', () => {
    expect([0.9, 0.95, 0.99, 0.925].map(howOften)).toEqual([
      '9 of 10 cases',
      '19 of 20 cases',
      '99 of 100 cases',
      '92.5\u00A0% of cases',
    ]);
  });

  it('shows as many decimals as the mean error has digits to tell', () => {
    const formatted = [42, 4.2, 0.45, 0.0123, 0, 1e-12].map((mae) =>
      scoreFormat({ ...bundle, metrics: { ...bundle.metrics, test: { ...bundle.metrics.test, mae } } })(66.0891234),
    );
    expect(formatted).toEqual(['66', '66.1', '66.09', '66.089', '66.1', '66.089123']);
  });

  it('writes minus signs, percentages and counts', () => {
    expect([fixed(-3.25, 1), percent(0.905), counted(1, 'field'), counted(1000, 'row')]).toEqual([
      '−3.3',
      '90.5\u00A0%',
      '1 field',
      '1,000 rows',
    ]);
  });
});
