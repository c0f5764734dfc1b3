import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { loadBundle, predictor, type Model } from '@scorecast/core';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parityBundle, parityRecords } from './parity-bundle.js';
import { root } from './source-files.js';

const CHROMIUM = '/usr/bin/chromium';
const ROWS = 1000;

/** The 64 bits of each double, as hexadecimal digits. */
function bitsOf(values: readonly number[]): readonly string[] {
  return Array.from(new BigUint64Array(Float64Array.from(values).buffer), (bits) => bits.toString(16));
}

// Runs in the page, where nothing but core's compiled files is available.
const predictInPage = (bundle: string, records: string) => `(async () => {
  const { loadBundle, predictor } = await import('/index.js');
  const predictions = predictor(await loadBundle(${JSON.stringify(bundle)})).predictRecords(${records}, 'typed');
  const doubles = Float64Array.from(predictions.flatMap(({ value, lower, upper }) => [value, lower, upper]));
  return Array.from(new BigUint64Array(doubles.buffer), (bits) => bits.toString(16));
})()`;

/** Serves an empty page at / and core's compiled files below it. */
function serveCore(): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url === '/') {
      response.setHeader('content-type', 'text/html').end('<!doctype html><title>core</title>');
      return;
    }
    readFile(join(root, 'packages/core/dist', request.url ?? '')).then(
      (file) => response.setHeader('content-type', 'text/javascript').end(file),
      () => response.writeHead(404).end(),
    );
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

describe.skipIf(!existsSync(CHROMIUM))(`a bundle in a browser (skipped without ${CHROMIUM})`, () => {
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    server = await serveCore();
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('the server has no port');
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ['--no-sandbox'] });
    page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${address.port}/`);
  });

  afterAll(async () => {
    await browser.close();
    server.close();
  });

  const kinds: readonly Model['kind'][] = ['linear', 'neighbours', 'tree-ensemble', 'network', 'stack'];

  it.each(kinds)(`predicts the same bits as in Node: ${ROWS} rows by a %s model`, async (kind) => {
    const text = await parityBundle(kind);
    const records = parityRecords(ROWS);
    const inNode = predictor(await loadBundle(text)).predictRecords(records, 'typed');
    const inPage = await page.evaluate<readonly string[]>(predictInPage(text, JSON.stringify(records)));
    expect(inPage).toEqual(bitsOf(inNode.flatMap(({ value, lower, upper }) => [value, lower, upper])));
    expect(new Set(inPage).size).toBeGreaterThan(ROWS / 4);
  });

  it('is refused with the same error when it was changed', async () => {
    const text = (await parityBundle('linear')).replace('"name":"parity"', '"name":"other"');
    await expect(page.evaluate(predictInPage(text, '[]'))).rejects.toThrow(
      'the bundle was changed after it was written',
    );
  });
});
