import { readFile } from 'node:fs/promises';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type RunningServer } from '../src/index.js';
import { accessibilityProblems, chromiumIsHere, chromiumPath, fillForm } from './browser-page.js';
import { examsBundle, examsReference } from './exams-bundle.js';

const scores = { reading: '72', writing: '74' };

describe.skipIf(!chromiumIsHere)(`the pages in Chromium (skipped without ${chromiumPath})`, () => {
  let server: RunningServer;
  let browser: Browser;
  const complaints: string[] = [];

  beforeAll(async () => {
    server = await startServer(await examsBundle({ reference: examsReference }), { port: 0, logLevel: 'silent' });
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    // A blocked style, script or image would be reported here.
    expect(complaints.splice(0).filter((text) => !text.includes('422'))).toEqual([]);
  });

  async function open(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${server.url}${path}`);
    return page;
  }

  it('lead from the start page to a prediction', async () => {
    const page = await open('/');
    await page.getByRole('link', { name: 'Make a prediction' }).click();
    await fillForm(page, scores);
    await page.getByRole('button', { name: 'Predict' }).click();
    await expect.poll(() => page.locator('.score').textContent()).toContain('72.0 points out of 100');
    expect(await page.title()).toBe('Math score 72.0 · Scorecast');
  });

  it('answer without JavaScript, and the answer has the focus', async () => {
    const page = await open('/predictdata', { javaScriptEnabled: false });
    await fillForm(page, scores);
    await page.getByRole('button', { name: 'Predict' }).click();
    expect(await page.locator('.score').textContent()).toContain('72.0');
    expect(await page.locator(':focus').getAttribute('id')).toBe('answer');
    expect(await page.getByLabel('Reading score').inputValue()).toBe('72');
  });

  it('show the server’s errors at the fields and as links to them', async () => {
    const page = await open('/predictdata');
    await fillForm(page, { reading: '1000', writing: '' });
    // Past the browser's checks, as another client could.
    await page.locator('form').evaluate((form: HTMLFormElement) => form.submit());
    await page.getByRole('heading', { name: '2 answers need a correction' }).waitFor();
    await page.getByRole('link', { name: 'Reading score' }).click();
    const field = page.getByLabel('Reading score');
    expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('#field-6-error').textContent()).toBe(
      '1000 is out of range. Enter a number from 0 to 100.',
    );
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('can be used with the keyboard alone', async () => {
    const page = await open('/predictdata');
    const { keyboard } = page;
    await keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Skip to the content');
    await keyboard.press('Enter');
    const answers = ['Space', 'g,r,o,u,p, ,B', 'b', 'Space', 'Space', '7,2', '7,4'];
    for (const keys of answers) {
      await keyboard.press('Tab');
      for (const key of keys.split(',')) await keyboard.press(key === ' ' ? 'Space' : key);
    }
    await keyboard.press('Enter');
    await expect.poll(() => page.locator('.score').textContent()).toContain('72.0');
  });

  it('say at once what is wrong, and stop saying it when it is right', async () => {
    const page = await open('/predictdata');
    const reading = page.getByLabel('Reading score');
    await reading.fill('1000');
    await reading.press('Tab');
    const message = page.locator('#field-6-error');
    expect(await message.textContent()).toBe('1000 is out of range. Enter a number from 0 to 100.');
    expect(await reading.getAttribute('aria-invalid')).toBe('true');
    await reading.fill('100');
    expect(await message.isHidden()).toBe(true);
    expect(await reading.getAttribute('aria-invalid')).toBeNull();
  });

  it('stay where they are while something is missing, and go to the first gap', async () => {
    const page = await open('/predictdata');
    await page.getByLabel('Female').check();
    await page.getByLabel('Reading score').fill('-1');
    await page.getByRole('button', { name: 'Predict' }).click();
    expect(await page.locator('.error:visible').allTextContents()).toEqual([
      ...new Array<string>(4).fill('Choose one of the options.'),
      '-1 is out of range. Enter a number from 0 to 100.',
      'Enter a number from 0 to 100.',
    ]);
    expect(await page.locator(':focus').getAttribute('name')).toBe('race_ethnicity');
    expect(new URL(page.url()).hash).toBe('');
  });

  it('say that they are busy, and send a form once', async () => {
    const page = await open('/predictdata');
    await fillForm(page, scores);
    const seen = await page.evaluate(() => {
      const button = document.querySelector('button');
      let sent = 0;
      addEventListener('submit', (event) => (sent += event.defaultPrevented ? 0 : 1));
      button?.click();
      button?.click();
      return { sent, text: button?.textContent, disabled: button?.getAttribute('aria-disabled') };
    });
    expect(seen).toEqual({ sent: 1, text: 'Predicting…', disabled: 'true' });
    await page.locator('.score').waitFor();
    await page.goBack();
    await expect.poll(() => page.locator('button').textContent()).toBe('Predict');
  });

  it.each([360, 320])('fit a screen of %i pixels without scrolling sideways', async (width) => {
    const page = await open('/', { viewport: { width, height: 640 } });
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overflow()).toBe(0);
    await page.goto(`${server.url}/docs`);
    expect(await overflow()).toBe(0);
    await page.goto(`${server.url}/predictdata`);
    expect(await overflow()).toBe(0);
    await fillForm(page, scores);
    await page.getByRole('button', { name: 'Predict' }).click();
    await page.locator('.score').waitFor();
    expect(await overflow()).toBe(0);
  });

  it('take a file and give it back with predictions', async () => {
    const page = await open('/predictfile');
    const content = await page.request.get(`${server.url}/predictfile/template.csv`).then((answer) => answer.body());
    await page
      .getByLabel('CSV or Parquet file')
      .setInputFiles({ name: 'class.csv', mimeType: 'text/csv', buffer: content });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Predict all rows' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('predictions.csv');
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n')[1]).toContain(',72,');
  });

  it.each(['light', 'dark'] as const)('keep to what WCAG 2.2 AA asks, in %s colours', async (colorScheme) => {
    const page = await open('/', { colorScheme, reducedMotion: 'reduce' });
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto(`${server.url}/docs`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto(`${server.url}/predictfile`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto(`${server.url}/predictdata`);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Predict' }).click();
    expect(await accessibilityProblems(page)).toEqual([]);
    await fillForm(page, scores);
    await page.getByRole('button', { name: 'Predict' }).click();
    await page.locator('.score').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('print in dark ink on white paper, from a dark screen too', async () => {
    const page = await open('/', { colorScheme: 'dark' });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe('rgb(255, 255, 255)');
    expect(await accessibilityProblems(page)).toEqual([]);
  });
});
