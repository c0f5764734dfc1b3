import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumIsHere, chromiumPath, longestInteraction, watchInteractions } from './console-page.js';
import { addManyRuns, startSampleServer, type SampleServer } from './sample-server.js';

const RUNS = 10_000;
/** What a screen shows, and some more. */
const MOST_ROWS = 60;

describe.skipIf(!chromiumIsHere)(`a list of ${RUNS} runs (skipped without ${chromiumPath})`, () => {
  let server: SampleServer;
  let browser: Browser;

  beforeAll(async () => {
    server = await startSampleServer();
    await addManyRuns(server.store, RUNS);
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  const rows = (page: Page) => page.locator('.runs tbody th');
  const first = (page: Page) => rows(page).first().textContent();

  async function timed(work: () => Promise<unknown>): Promise<string> {
    const startedAt = performance.now();
    await work();
    return `${Math.round(performance.now() - startedAt)} ms`;
  }

  it('draws few rows while it is opened, sorted, filtered and scrolled', async ({ annotate }) => {
    const page = await browser.newPage();
    const opened = await timed(async () => {
      await page.goto(server.url);
      await rows(page).first().waitFor();
    });
    expect(await first(page)).toBe(`run-${RUNS - 1}`);
    expect(await rows(page).count()).toBeLessThan(MOST_ROWS);
    await watchInteractions(page);

    const sorted = await timed(async () => {
      await page.getByRole('button', { name: 'cv_r2', exact: true }).click();
      await expect.poll(() => first(page), { interval: 5 }).not.toBe(`run-${RUNS - 1}`);
    });
    expect(await rows(page).count()).toBeLessThan(MOST_ROWS);

    const filtered = await timed(async () => {
      await page.getByLabel('Filter runs').fill("params.estimator = 'kind-3' AND params.seed = '17'");
      await page.getByLabel('Filter runs').press('Enter');
      await expect.poll(() => rows(page).count(), { interval: 5 }).toBe(1);
    });
    expect(await first(page)).toBe('run-17');
    await page.getByRole('button', { name: 'Clear' }).click();
    await expect.poll(() => rows(page).count()).toBeGreaterThan(1);

    const scroller = page.getByRole('region', { name: 'Runs' });
    for (let end = 0; end < 5; end += 1) {
      const before = await page.locator('.count').textContent();
      await scroller.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      await expect.poll(() => page.locator('.count').textContent()).not.toBe(before);
      expect(await rows(page).count()).toBeLessThan(MOST_ROWS);
    }
    await page.getByRole('button', { name: 'test_r2', exact: true }).click();
    await expect.poll(() => scroller.evaluate((element) => element.scrollTop)).toBe(0);
    const longest = await longestInteraction(page);
    await annotate(
      `opened in ${opened}, sorted in ${sorted}, filtered in ${filtered}; longest interaction ${longest} ms to the next picture`,
    );
    await page.close();
  });
});
