import { existsSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Debian's Chromium; tests that need it say so and are skipped where it is not installed. */
export const chromiumPath = '/usr/bin/chromium';
export const chromiumIsHere = existsSync(chromiumPath);

/** Fills the whole form in, as a person with a mouse does. */
export async function fillForm(page: Page, scores: { reading: string; writing: string }): Promise<void> {
  await page.getByLabel('Female').check();
  await page.getByLabel('Race or ethnicity').selectOption('group B');
  await page.getByLabel("Parents' level of education").selectOption("bachelor's degree");
  await page.getByLabel('Standard').check();
  await page.getByLabel('None').check();
  await page.getByLabel('Reading score').fill(scores.reading);
  await page.getByLabel('Writing score').fill(scores.writing);
}

/** What axe objects to on a page, in its own words. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // Evaluated from outside: the pages' policy admits no scripts but their own.
  await page.evaluate(axe.source);
  const found: { id: string; nodes: { html: string; failureSummary: string }[] }[] = await page.evaluate(
    'axe.run().then(({ violations }) => violations)',
  );
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`));
}
