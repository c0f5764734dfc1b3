import { describe, expect, it } from 'vitest';
import { defineSchema } from '@scorecast/core';
import { createServer } from '../src/index.js';
import { examsBundle, examsSchema, student } from './exams-bundle.js';

const bundle = await examsBundle();
const app = await createServer(bundle, { logLevel: 'silent' });

const texts = Object.fromEntries(Object.entries(student).map(([name, value]) => [name, String(value)]));

async function post(fields: Record<string, string> | string, server = app) {
  const response = await server.inject({
    method: 'POST',
    url: '/predictdata',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
  });
  expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
  return { status: response.statusCode, html: response.body };
}

/** The sentence that the page shows at a field. */
function errorAt(html: string, name: string): string | undefined {
  const position = examsSchema.features.findIndex((feature) => feature.name === name) + 1;
  return new RegExp(`<p class="error" id="field-${position}-error">([^<]*)</p>`).exec(html)?.[1];
}

function shownScore(html: string): number {
  return Number(/<strong>([\d.]+)<\/strong>/.exec(html)?.[1]);
}

describe('GET /predictdata', () => {
  it('asks for every feature of the schema with the control that fits it', async () => {
    const { body } = await app.inject('/predictdata');
    for (const { name } of examsSchema.features) expect(body).toContain(`name="${name}"`);
    expect(body).toContain('type="number" inputmode="decimal" min="0" max="100" step="any"');
    expect(body.match(/type="radio"/g)).toHaveLength(6);
    expect(body.match(/<select/g)).toHaveLength(2);
    expect(body).toContain('<option value="associate&#39;s degree">'.replace('&#39;', "'"));
  });

  it('is the form for any other schema too', async () => {
    const schema = defineSchema({
      name: 'study',
      features: [
        {
          kind: 'numeric',
          name: 'Hours Studied',
          min: 0,
          integer: true,
          unit: 'hours a week',
          description: 'On average.',
        },
        { kind: 'ordinal', name: 'motivation', levels: ['Low', 'Medium', 'High'], optional: true },
        { kind: 'numeric', name: 'z' },
      ],
      target: { name: 'grade' },
    });
    const model = {
      kind: 'linear' as const,
      features: ['Hours Studied', 'z'],
      coefficients: new Float64Array(2),
      intercept: 3,
    };
    const study = await examsBundle({
      schema,
      pipeline: {
        transformers: [{ kind: 'one-hot', unseen: 'ignore', columns: [{ name: 'motivation', levels: [] }] }],
        model,
      },
      replay: { rows: [{ 'Hours Studied': 1, motivation: null, z: 0 }], predictions: [] },
    });
    const server = await createServer(study, { logLevel: 'silent' });
    const { body } = await server.inject('/predictdata');
    expect(body).toContain('On average. Whole number, at least 0 hours a week');
    expect(body).toContain('step="1"');
    expect(body).toContain('Motivation<span class="optional"> (optional)</span>');
    expect(body).toContain('Not known');
    const answered = await post({ 'Hours Studied': '4', motivation: '', z: '-1' }, server);
    expect(answered.status).toBe(200);
    expect(answered.html).toContain('Predicted grade');
    const refused = await post({ 'Hours Studied': '4.5', z: '' }, server);
    expect(refused.status).toBe(422);
    expect(refused.html).toContain('“4.5” cannot be used here. Enter a whole number of at least 0.');
    expect(refused.html).toContain('Enter a number.');
  });
});

describe('POST /predictdata', () => {
  it('shows the score, its interval in words and drawn, and the model', async () => {
    const { status, html } = await post(texts);
    expect(status).toBe(200);
    expect(html).toContain('<strong>72.0</strong>');
    expect(html).toContain('between <strong>63.1</strong> and <strong>80.9</strong>');
    expect(html).toContain('In 9 of 10 cases');
    expect(html).toContain('A scale from 0.0 to 100.0 with the score at 72.0, with an interval from 63.1 to 80.9');
    expect(html).toContain(bundle.version);
    expect(html).toContain('<title>Math score 72.0 · Scorecast</title>');
  });

  it('keeps what was entered', async () => {
    const { html } = await post(texts);
    expect(html).toMatch(/<option value="group B" selected>/);
    expect(html).toMatch(/value="female" checked/);
    expect(html).toMatch(/value="72"/);
  });

  it('refuses each missing field at the field, and never takes it for 0', async () => {
    for (const { name, kind } of examsSchema.features) {
      for (const fields of [
        { ...texts, [name]: '' },
        Object.fromEntries(Object.entries(texts).filter(([key]) => key !== name)),
      ]) {
        const { status, html } = await post(fields);
        expect(status).toBe(422);
        expect(errorAt(html, name)).toBe(
          kind === 'numeric' ? 'Enter a number from 0 to 100.' : 'Choose one of the options.',
        );
        expect(html).not.toContain('class="score"');
      }
    }
  });

  it('shows every error at its field and lists them with links', async () => {
    const { status, html } = await post({ ...texts, reading_score: '1000', writing_score: 'seven', lunch: 'reduced' });
    expect(status).toBe(422);
    expect(errorAt(html, 'reading_score')).toBe('1000 is out of range. Enter a number from 0 to 100.');
    expect(errorAt(html, 'writing_score')).toBe('“seven” cannot be used here. Enter a number from 0 to 100.');
    expect(errorAt(html, 'lunch')).toBe('“reduced” cannot be used here. Choose one of the options.');
    expect(errorAt(html, 'gender')).toBeUndefined();
    expect(html).toContain('3 answers need a correction');
    expect(html).toContain('<a href="#field-6">Reading score</a>');
    expect(html).toMatch(/id="field-6"[^>]*aria-describedby="field-6-help field-6-error" aria-invalid="true"/);
    expect(html).toMatch(/value="1000"/);
  });

  it('refuses a field that is given twice', async () => {
    const { status, html } = await post(`${new URLSearchParams(texts).toString()}&reading_score=10`);
    expect(status).toBe(422);
    expect(errorAt(html, 'reading_score')).toContain('This was answered more than once.');
    const alias = await post({ ...texts, ethnicity: 'group A' });
    expect(errorAt(alias.html, 'race_ethnicity')).toContain('This was answered more than once.');
  });

  it('is the same under its second address', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const payload = new URLSearchParams(texts).toString();
    const second = await app.inject({ method: 'POST', url: '/predicted_data', headers, payload });
    const withoutId = (html: string) => html.replaceAll(/<code>[\da-f-]{36}<\/code>/g, '');
    expect(withoutId(second.body)).toBe(withoutId((await post(texts)).html));
    expect((await app.inject('/predicted_data')).body).toBe((await app.inject('/predictdata')).body);
  });

  it('refuses an unknown field by name', async () => {
    const { status, html } = await post({ ...texts, readng_score: '1' });
    expect(status).toBe(422);
    expect(html).toContain('There is no field “readng_score”.');
  });

  it('answers thousands of unknown fields with a short page, and a body beyond all forms with a 413', async () => {
    const many = await post(Array.from({ length: 20_000 }, (_, i) => `a${i}=`).join('&'));
    expect(many.status).toBe(422);
    expect(many.html).toContain('And 19990 more.');
    expect(many.html.length).toBeLessThan(20_000);
    expect((await post('a=&'.repeat(100_000))).status).toBe(413);
  });

  it('takes ethnicity for race_ethnicity', async () => {
    const { race_ethnicity: group, ...rest } = texts;
    const { status, html } = await post({ ...rest, ethnicity: group });
    expect(status).toBe(200);
    expect(html).toMatch(/<option value="group B" selected>/);
  });

  it('gives reading and writing the weights that the JSON call gives them', async () => {
    const scores = { reading_score: 90, writing_score: 40 };
    const swapped = { reading_score: 40, writing_score: 90 };
    const answers = await Promise.all(
      [scores, swapped].map(async (changed) => {
        const json = await app.inject({ method: 'POST', url: '/predict', payload: { ...student, ...changed } });
        const form = await post({
          ...texts,
          reading_score: `${changed.reading_score}`,
          writing_score: `${changed.writing_score}`,
        });
        return { json: json.json().prediction, form: shownScore(form.html) };
      }),
    );
    expect(answers[0].form).toBeCloseTo(answers[0].json, 10);
    expect(answers[1].form).toBeCloseTo(answers[1].json, 10);
    expect(answers[0].form - answers[1].form).toBeCloseTo(15, 10);
  });

  it('escapes what it repeats', async () => {
    const attack = '"><script>alert(1)</script>';
    const { html } = await post({ ...texts, reading_score: attack, [attack]: attack });
    expect(html).not.toContain('<script>alert');
    expect(html).toContain('&lt;script>alert(1)');
  });

  it('answers what is no form with a page', async () => {
    const response = await app.inject({ method: 'POST', url: '/predictdata', payload: student });
    expect(response.statusCode).toBe(415);
    expect(response.headers['content-type']).toBe('text/html; charset=utf-8');
    expect((await app.inject({ method: 'POST', url: '/predictdata' })).statusCode).toBe(422);
  });

  it('says so when the data was too little for an interval', async () => {
    const open = await examsBundle({ interval: { ...bundle.interval, radius: Infinity } });
    const { html } = await post(texts, await createServer(open, { logLevel: 'silent' }));
    expect(html).toContain('There were too few examples to say how far off this may be.');
  });

  it('draws a scale of its own for a target without a range, and none without an interval', async () => {
    const target = { kind: 'target' as const, name: 'y', aliases: [], label: 'y', integer: false };
    const schema = { ...bundle.schema, target };
    const free = await createServer(await examsBundle({ schema }), { logLevel: 'silent' });
    const freeForm = await post(texts, free);
    expect(freeForm.html).toContain('A scale from 54.2 to 89.8 with the score at 72.0');
    const interval = { ...bundle.interval, radius: Infinity };
    const open = await createServer(await examsBundle({ schema, interval }), { logLevel: 'silent' });
    expect((await post(texts, open)).html).not.toContain('class="scale"');
  });
});
