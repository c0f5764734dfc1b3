import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { generateExams } from '../../src/sample/generate-sample.js';
import { publishedStatistics, readExams } from './published-statistics.js';

it('shows the statistics of the committed sample in the guide', () => {
  const guide = readFileSync(new URL('../../../../docs/guide/sample-data.md', import.meta.url), 'utf8');
  const [shown] = /^\| statistic .*?(?=\n\n)/ms.exec(guide) ?? [];
  expect(shown).toBe(statisticsTable());
});

/** The published statistics beside the sample's, those of single levels as their largest difference. */
function statisticsTable(): string {
  const sample = readExams(generateExams());
  const rows = publishedStatistics.map(({ statistic, value, of }) => ({ statistic, value, found: of(sample) }));
  const ofLevel = ({ statistic }: { statistic: string }) => statistic.includes('(');
  const differences = rows.filter(ofLevel).map(({ value, found }) => Math.abs(found - value));
  return [
    '| statistic | published | sample |',
    '|---|---|---|',
    ...rows
      .filter((row) => !ofLevel(row))
      .map(({ statistic, value, found }) => `| ${statistic} | ${rounded(value)} | ${rounded(found)} |`),
    `| largest difference in a level's rows or mean scores | 0 | ${rounded(Math.max(...differences))} |`,
  ].join('\n');
}

function rounded(value: number): number {
  return Number(value.toFixed(4));
}
