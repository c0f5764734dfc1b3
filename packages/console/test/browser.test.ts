import { accessTo, createApiKey, updateRun } from '@scorecast/track';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityProblems, chromiumIsHere, chromiumPath, overflow } from './console-page.js';
import { addSamples, startSampleServer, type SampleServer } from './sample-server.js';

const phone = { viewport: { width: 375, height: 740 } };

describe.skipIf(!chromiumIsHere)(`the console in Chromium (skipped without ${chromiumPath})`, () => {
  let server: SampleServer;
  let browser: Browser;
  let runs: readonly string[];
  const complaints: string[] = [];

  beforeAll(async () => {
    server = await startSampleServer();
    runs = await addSamples(server);
    browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser.close();
    await server.close();
  });

  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    // A blocked style, script or picture would be reported here; answers that refuse something are wanted.
    expect(complaints.splice(0).filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
  });

  async function open(hash: string, options: BrowserContextOptions = {}, at = server.url): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.goto(`${at}/${hash}`);
    return page;
  }

  const names = (page: Page) => page.locator('.runs tbody th').allTextContents();

  async function promote(page: Page, version: string, reason: string): Promise<void> {
    await page.getByRole('button', { name: `Promote… version ${version}` }).click();
    await page.getByText('The gates let it through').waitFor();
    await page.getByLabel('Reason').fill(reason);
    await page.getByRole('button', { name: 'Promote to production' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  it('lists the runs, the newest first, with the metrics that say most', async () => {
    const page = await open('');
    await expect
      .poll(() => names(page))
      .toEqual(['network, long', 'deep forest', 'boosted trees', 'ridge with products', 'baseline']);
    expect(await page.title()).toBe('Runs · Scorecast');
    expect(await page.getByRole('row', { name: 'boosted trees' }).textContent()).toContain('0.8840');
    expect(await page.getByRole('row', { name: 'deep forest' }).textContent()).toContain('NaN');
    expect(await page.getByText('5 runs').count()).toBe(1);
  });

  it('sorts by a click on a column, and keeps that when the page is loaded again', async () => {
    const page = await open('#/runs');
    await page.getByRole('button', { name: 'cv_r2', exact: true }).click();
    const sorted = ['boosted trees', 'ridge with products', 'network, long', 'baseline', 'deep forest'];
    await expect.poll(() => names(page)).toEqual(sorted);
    await page.reload();
    await expect.poll(() => names(page)).toEqual(sorted);
    expect(await page.locator('[aria-sort]').getAttribute('aria-sort')).toBe('descending');
    await page.getByRole('button', { name: 'cv_r2', exact: true }).click();
    await expect.poll(() => names(page)).toContain('baseline');
    await expect.poll(async () => (await names(page))[0]).toBe('baseline');
  });

  it('filters in MLflow’s language or by name, and says what the server objects', async () => {
    const page = await open('#/runs');
    const box = page.getByLabel('Filter runs');
    await box.fill("metrics.cv_r2 > 0.87 AND params.estimator = 'ridge'");
    await box.press('Enter');
    await expect.poll(() => names(page)).toEqual(['ridge with products']);
    await box.fill('forest');
    await box.press('Enter');
    await expect.poll(() => names(page)).toEqual(['deep forest']);
    await box.fill('metrics.cv_r2 >');
    await box.press('Enter');
    await expect.poll(() => page.locator('.filter [role=alert]').textContent()).toMatch(/\w+/);
    expect(await box.getAttribute('aria-invalid')).toBe('true');
    await box.fill("params.estimator = 'nothing'");
    await box.press('Enter');
    await page.getByRole('heading', { name: 'No run passes the filter' }).waitFor();
    await page.getByRole('button', { name: 'Clear the filter' }).click();
    await expect.poll(async () => (await names(page)).length).toBe(5);
  });

  it('shows the columns that are chosen', async () => {
    const page = await open('#/runs');
    await page.getByText('Columns', { exact: true }).click();
    await page.getByLabel('interval_level').check();
    await page.getByLabel('val_loss').uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('columnheader', { name: 'interval_level' }).waitFor();
    expect(await page.getByRole('columnheader', { name: 'val_loss' }).count()).toBe(0);
    expect(page.url()).toContain('column=metrics.interval_level');
  });

  it('lists the runs of the experiments that are chosen', async () => {
    const page = await open('#/runs');
    await page.getByText('Experiments', { exact: true }).first().click();
    await page.getByLabel('study habits').check();
    await page.getByRole('heading', { name: 'No runs yet' }).waitFor();
    await page.getByLabel('exams').check();
    await expect.poll(async () => (await names(page)).length).toBe(5);
  });

  it('looks at running runs again by itself', async () => {
    const context = await browser.newContext();
    await context.clock.install();
    const page = await context.newPage();
    await page.goto(server.url);
    const row = page.getByRole('row', { name: 'network, long' });
    await expect.poll(() => row.textContent()).toContain('Running');
    await updateRun(server.store, { runId: runs[4], status: 'FINISHED', endTime: Date.UTC(2026, 10, 20, 9, 30) });
    await page.clock.runFor(6000);
    await expect.poll(() => row.textContent()).toContain('Finished');
  });

  it('compares the two best runs by one click', async () => {
    const page = await open('#/runs');
    await page.getByRole('button', { name: 'Compare top two by cv_r2' }).click();
    await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
    const heads = page.locator('.compare thead a');
    await expect.poll(() => heads.allTextContents()).toEqual(['boosted trees', 'ridge with products']);
    expect(await page.getByRole('row', { name: 'cv_r2 (differs)' }).textContent()).toContain('0.8840 ★, the best');
    expect(await page.getByRole('row', { name: 'estimator (differs)' }).count()).toBe(1);
    expect(await page.getByRole('row', { name: 'seed' }).getAttribute('class')).toBeNull();
    await page.getByRole('img', { name: 'val_loss over 60 steps' }).waitFor();
    await page.getByLabel('Only what differs').check();
    expect(await page.getByRole('row', { name: 'seed' }).count()).toBe(0);
  });

  it('compares the runs that are ticked, with the keyboard alone', async () => {
    const page = await open('#/runs');
    for (const name of ['boosted trees', 'baseline', 'ridge with products']) {
      await page.getByLabel(`Compare ${name}`).focus();
      await page.keyboard.press('Space');
    }
    await page.getByRole('button', { name: 'Compare 3 runs' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Compare 3 runs' }).waitFor();
    expect(await page.locator(':focus').getAttribute('id')).toBe('main');
  });

  it('shows a run with its histories, its files and the data it used', async () => {
    const page = await open(`#/runs/${runs[2]}`);
    await page.getByRole('heading', { name: 'boosted trees' }).waitFor();
    await page.getByRole('link', { name: 'exams', exact: true }).waitFor();
    expect(await page.getByRole('row', { name: 'exams.csv' }).textContent()).toContain('training, digest 9f86d081');
    await page.getByText('All points as a table').click();
    const points = page.getByRole('region', { name: 'Points of val_loss' }).getByRole('row');
    await expect.poll(() => points.count()).toBe(61);
    await page.getByRole('button', { name: 'leaderboard.json' }).click();
    await expect.poll(() => page.locator('.preview pre').textContent()).toContain('"estimator": "ridge"');
    await page.getByRole('button', { name: 'charts/' }).click();
    await page.getByRole('button', { name: 'residuals.png' }).click();
    const picture = page.getByRole('img', { name: 'The picture charts/residuals.png' });
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(10);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('residuals.png');
  });

  it('promotes a version by two clicks and a reason, and rolls it back', async () => {
    const page = await open(`#/compare?run=${runs[2]}&run=${runs[1]}`);
    await promote(page, '1', 'the first that is good enough');
    await page.getByRole('link', { name: 'exams, version 1' }).click();
    await page.getByRole('heading', { name: 'Version 1 is in production' }).waitFor();
    await promote(page, '2', 'better on both parts');
    await page.getByRole('heading', { name: 'Version 2 is in production' }).waitFor();
    expect(await page.locator('.held').textContent()).toContain('by local: “better on both parts”');
    await page.getByRole('button', { name: 'Roll back to version 1' }).click();
    await page.getByLabel('Reason').fill('complaints');
    await page.getByRole('dialog').getByRole('button', { name: 'Roll back to version 1' }).click();
    await page.getByRole('heading', { name: 'Version 1 is in production' }).waitFor();
    const log = page.locator('.log li');
    expect(await log.first().textContent()).toContain('local rolled production back from version 2 to version 1');
    expect(await log.first().textContent()).toContain('complaints');
    await page.getByRole('button', { name: 'Check that the log is whole' }).click();
    await page.getByText('The log is whole:').waitFor();
  });

  it('does not promote through a closed gate, and Escape leaves the dialog where it was opened', async () => {
    const page = await open('#/models/unready');
    const button = page.getByRole('button', { name: 'Promote… version 1' });
    await button.click();
    await page.getByText('A gate is closed').waitFor();
    expect(await page.getByRole('button', { name: 'Promote to production' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it('lets a version be approved first where the rules ask for that', async () => {
    const policy = { protectedAliases: ['production'], approval: 'explicit', gates: {} } as const;
    const strict = await startSampleServer(() => ({ policy }));
    try {
      await addSamples(strict);
      const page = await open('#/models/exams', {}, strict.url);
      await page.getByRole('button', { name: 'Promote… version 2' }).click();
      await page.getByText('This version has to be approved first.').waitFor();
      await page.getByLabel('Reason').fill('checked by hand');
      await page.getByRole('button', { name: 'Approve' }).click();
      await page.locator('.approval').waitFor();
      expect(await page.locator('.approval').textContent()).toMatch(/^local, .*: “checked by hand”$/);
      await promote(page, '2', 'approved');
      await page.getByRole('heading', { name: 'Version 2 is in production' }).waitFor();
    } finally {
      await strict.close();
    }
  });

  it('says when the server fails, and tries again when it is asked to', async () => {
    const page = await open('');
    await page.locator('.runs tbody th').first().waitFor();
    await page.route('**/runs/search', (route) => route.abort());
    await page.getByRole('button', { name: 'cv_r2', exact: true }).click();
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('The tracking server does not answer.');
    await page.unroute('**/runs/search');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('alert').waitFor({ state: 'detached' });
    complaints.splice(0);
  });

  it('says when there is no such run, model or page', async () => {
    const page = await open('#/runs/0123456789abcdef0123456789abcdef');
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('0123456789abcdef0123456789abcdef');
    await page.goto(`${server.url}/#/models/nothing`);
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('nothing');
    await page.goto(`${server.url}/#/nonsense`);
    await page.getByRole('heading', { name: 'There is no such page' }).waitFor();
  });

  it('asks for a key where the server wants one, and keeps it for the tab', async () => {
    const guarded = await startSampleServer((store) => ({
      access: accessTo(store, { host: '127.0.0.1', keys: true }),
    }));
    const right = await createApiKey(guarded.store, { name: 'anna', role: 'viewer' });
    try {
      const page = await open('#/models', {}, guarded.url);
      const key = page.getByLabel('API key');
      await key.fill('sck_wrong');
      await page.getByRole('button', { name: 'Go on' }).click();
      await expect.poll(() => key.inputValue()).toBe('');
      await key.fill(right.key);
      await page.getByRole('button', { name: 'Go on' }).click();
      await page.getByRole('heading', { name: 'No models yet' }).waitFor();
      await page.getByText(/^anna .*, viewer$/).waitFor();
      await page.reload();
      await page.getByRole('heading', { name: 'No models yet' }).waitFor();
      await page.locator('.visitor').waitFor();
    } finally {
      await guarded.close();
    }
  });

  const views: readonly (readonly [string, BrowserContextOptions])[] = [
    ['a wide light screen', { colorScheme: 'light' }],
    ['a wide dark screen', { colorScheme: 'dark' }],
    ['a light phone', { ...phone, colorScheme: 'light' }],
    ['a dark phone', { ...phone, colorScheme: 'dark' }],
  ];

  it.each(views)('gives axe nothing to object to on %s, and fits it', async (_, options) => {
    const page = await open('#/runs', options);
    const check = async (place: string) => {
      expect({ place, problems: await accessibilityProblems(page) }).toEqual({ place, problems: [] });
      expect({ place, overflow: await overflow(page) }).toEqual({ place, overflow: 0 });
    };
    await page.locator('.runs tbody th').first().waitFor();
    await check('list');
    await page.getByText('Columns', { exact: true }).click();
    await check('columns');
    await page.keyboard.press('Escape');
    await page.getByLabel('Compare baseline').check();
    await page.getByLabel('Filter runs').fill('metrics.');
    await page.getByLabel('Filter runs').press('Enter');
    await page.locator('.filter [role=alert]').waitFor();
    await check('list with a wrong filter and a tick');
    await page.goto(`${server.url}/#/runs/${runs[2]}`);
    await page.getByRole('button', { name: 'notes.txt' }).click();
    await page.locator('.preview pre').waitFor();
    await page.getByText('All points as a table').click();
    await check('run');
    await page.goto(`${server.url}/#/compare?run=${runs[1]}&run=${runs[2]}`);
    await page.locator('.chart canvas').waitFor();
    await check('compare');
    await page.goto(`${server.url}/#/models`);
    await page.getByRole('link', { name: 'exams' }).waitFor();
    await check('models');
    await page.goto(`${server.url}/#/models/exams`);
    await page.getByRole('button', { name: 'Promote… version 2' }).click();
    await page.getByText('The gates let it through').waitFor();
    await check('promotion');
    await page.keyboard.press('Escape');
    await check('model');
  });
});
