import { existsSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Debian's Chromium; tests that need it say so and are skipped where it is not installed. */
export const chromiumPath = '/usr/bin/chromium';
export const chromiumIsHere = existsSync(chromiumPath);

/** What axe objects to on a page, in its own words. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  // Evaluated from outside: the pages' policy admits no scripts but their own.
  await page.evaluate(axe.source);
  const found: { id: string; nodes: { html: string; failureSummary: string }[] }[] = await page.evaluate(
    'axe.run().then(({ violations }) => violations)',
  );
  return found.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary}`),
  );
}

/** By how many pixels a page is wider than the screen. */
export function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
}

/** From now on, notes how long the page takes from each key and click to the picture that answers it. */
export function watchInteractions(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen: number[] = [];
    Reflect.set(window, 'interactions', seen);
    const options = { type: 'event', durationThreshold: 16, buffered: false };
    new PerformanceObserver((list) => seen.push(...list.getEntries().map(({ duration }) => duration))).observe(options);
  });
}

/** The longest of those times since the page was watched, in milliseconds. */
export function longestInteraction(page: Page): Promise<number> {
  return page.evaluate(() => {
    const seen: unknown = Reflect.get(window, 'interactions');
    return Array.isArray(seen) ? Math.max(0, ...seen.map(Number)) : Number.NaN;
  });
}
