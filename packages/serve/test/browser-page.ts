import { existsSync } from 'node:fs';
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

/** What WCAG 2.2 AA objects to on a page and a program can find: names, references, headings, sizes and contrast. */
export function accessibilityProblems(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const problems: string[] = [];
    const note = (what: string, element: Element) => problems.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
    const visible = (element: Element) => element.getClientRects().length > 0;

    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    if (new Set(ids).size < ids.length) problems.push('an id is used twice');
    for (const attribute of ['aria-describedby', 'aria-labelledby', 'for']) {
      for (const element of document.querySelectorAll(`[${attribute}]`)) {
        for (const id of element.getAttribute(attribute)?.split(' ') ?? []) {
          if (!ids.includes(id)) note(`${attribute} leads nowhere`, element);
        }
      }
    }
    if (document.querySelectorAll('h1').length !== 1) problems.push('not exactly one h1');
    for (const control of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
      if (control.labels?.length !== 1) note('not exactly one label', control);
    }
    for (const target of document.querySelectorAll('a, button, input, select')) {
      const area = target.closest('label') ?? target;
      const { width, height } = area.getBoundingClientRect();
      const inText = target.tagName === 'A' && target.closest('p, li') !== null;
      if (visible(target) && !inText && Math.min(width, height) < 24) note('smaller than 24 pixels', target);
    }

    // Colours as the canvas paints them, so that any notation can be read.
    const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    const rgb = (colour: string): readonly number[] => {
      if (canvas === null) return [];
      canvas.clearRect(0, 0, 1, 1);
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const luminance = ([r, g, b]: readonly number[]) => {
      const [lr, lg, lb] = [r, g, b].map((c) => (c <= 10 ? c / 3294 : ((c / 255 + 0.055) / 1.055) ** 2.4));
      return 0.2126 * lr + 0.7152 * lg + 0.0722 * lb;
    };
    const background = (element: Element | null): readonly number[] => {
      if (element === null) return [255, 255, 255, 255];
      const own = rgb(getComputedStyle(element).backgroundColor);
      return own[3] === 255 ? own : background(element.parentElement);
    };
    for (const element of document.querySelectorAll('body *')) {
      const hasText = [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent?.trim() !== '');
      if (!hasText || !visible(element)) continue;
      const style = getComputedStyle(element);
      const inDrawing = element.closest('svg') !== null;
      const pair = [luminance(rgb(inDrawing ? style.fill : style.color)), luminance(background(element))];
      const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
      const needed = Number.parseFloat(style.fontSize) >= 24 ? 3 : 4.5;
      if (contrast < needed) note(`contrast ${contrast.toFixed(2)}, expected ${needed}`, element);
    }
    return problems;
  });
}
