import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { cli } from './cli-run.js';
import { examsProject } from './exams-project.js';

it('the guide to searching shows what --explain prints for its grid', async () => {
  const guide = await readFile(new URL('../../../docs/guide/search.md', import.meta.url), 'utf8');
  const block = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(guide)?.[1] ?? '';
  const grid: unknown = JSON.parse(block('json'));
  const { stdout, stderr } = await cli(await examsProject({ grid }), 'train', '--explain');
  expect(stdout, stderr).toBe(block('text'));
});
