import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { cli, temporaryFolder } from './cli-run.js';
import { examsProject } from './exams-project.js';

/** The first block of a language in the guide. */
async function block(language: string): Promise<string> {
  const guide = await readFile(new URL('../../../docs/guide/search-spaces.md', import.meta.url), 'utf8');
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(guide)?.[1] ?? '';
}

it('the configuration of the guide to search spaces trains', async () => {
  const folder = await examsProject({ grid: undefined, ...JSON.parse(await block('json')) });
  const { code, stderr } = await cli(folder, 'train', '--json');
  expect(code, stderr).toBe(0);
  const board: unknown = JSON.parse(await readFile(path.join(folder, 'scorecast-out/leaderboard.json'), 'utf8'));
  expect(board).toHaveProperty('scored.length', 12);
});

it('the functions of the guide to search spaces make the space of its configuration', async () => {
  const file = path.join(await temporaryFolder(), 'space.mjs');
  const source = (await block('ts')).replace('@scorecast/train', import.meta.resolve('@scorecast/train'));
  await writeFile(file, source);
  const { space: made }: { space: unknown } = await import(pathToFileURL(file).href);
  const { space: written }: { space: object[] } = JSON.parse(await block('json'));
  expect(made).toEqual(written);
});
