import fc from 'fast-check';
import { defineSchema } from '@scorecast/core';
import { describe, expect, it } from 'vitest';
import { readDataset, scanFile } from '../../src/index.js';
import { temporaryFiles } from '../temporary-files.js';

const files = temporaryFiles();

const schema = defineSchema({
  name: 'numbered',
  identifiers: [{ name: 'text' }],
  features: [{ kind: 'numeric', name: 'n' }],
  target: { name: 'place' },
});

/** A text of what makes CSV hard. */
const hardText = fc.string({
  unit: fc.constantFrom('a', 'é', ' ', ',', ';', '"', '\n', '\r\n', '\r', '\\', "'", '#'),
  maxLength: 8,
});
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const lineEnd = fc.constantFrom('\n', '\r\n', '\n\n', '\r');

/** A line and what is to become of it, given its row number: a row with its text, or a problem. */
const line = fc.oneof(
  { weight: 6, arbitrary: hardText.map((text) => ({ cells: [quoted(text), '1'], kept: text })) },
  { weight: 1, arbitrary: hardText.map((text) => ({ cells: [quoted(text)], kept: undefined })) },
  { weight: 1, arbitrary: hardText.map((text) => ({ cells: [quoted(text), '1', 'more'], kept: undefined })) },
  { weight: 1, arbitrary: hardText.map((text) => ({ cells: [quoted(text), '1', ''], kept: undefined })) },
  { weight: 1, arbitrary: hardText.map((text) => ({ cells: [`${quoted(text)}x`, '1'], kept: undefined })) },
  // Behind a blank a quote does not quote, so a separator or a line end there would count.
  {
    weight: 1,
    arbitrary: hardText.map((text) => ({ cells: [` ${quoted(text.replace(/[,\r\n]/g, ''))}`, '1'], kept: undefined })),
  },
  { weight: 1, arbitrary: hardText.map((text) => ({ cells: [quoted(text), 'many'], kept: undefined })) },
);

describe('row numbers', () => {
  it('are right whatever stands in cells, whatever line ends are there, and after rows that cannot be read', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(line, lineEnd), { minLength: 1, maxLength: 12 }),
        lineEnd,
        async (lines, headerEnd) => {
          const body = lines.map(
            ([{ cells }, end], i) => [...cells.slice(0, 2), i + 1, ...cells.slice(2)].join(',') + end,
          );
          const path = await files.write('rows.csv', `text,n,place${headerEnd}${body.join('')}`);
          const kept: [number, string][] = [];
          const bad = new Set<number>();
          for await (const chunk of scanFile(path, schema)) {
            chunk.rowNumbers.forEach((row, i) => kept.push([row, chunk.identifiers[0].values[i] ?? '']));
            for (const problem of chunk.problems) bad.add(problem.row ?? 0);
          }
          expect(kept).toEqual(lines.flatMap(([{ kept: text }], i) => (text === undefined ? [] : [[i + 1, text]])));
          expect(Array.from(bad)).toEqual(lines.flatMap(([{ kept: text }], i) => (text === undefined ? [i + 1] : [])));
        },
      ),
      { numRuns: 150 },
    );
  });

  it('are right beyond the first piece of a large file', async () => {
    const count = 60_000;
    const rows = Array.from(
      { length: count },
      (_, i) => `"row\n${i + 1}",${i % 1000 === 999 ? 'x' : i},${i + 1}\n${i % 5000 === 4999 ? 'short\n' : ''}`,
    );
    const path = await files.write('large.csv', `text,n,place\n${rows.join('')}`);
    const dataset = await readDataset(path, schema, { onInvalid: 'drop' });
    expect(dataset.fileRows).toBe(count + 12);
    expect(dataset.dropped).toMatchObject({ rows: 72, problemCount: 72 });
    const shift = Array.from(dataset.rowNumbers, (row, i) => row - dataset.target[i]);
    expect(Array.from(shift)).toEqual(Array.from(dataset.target, (place) => Math.floor((place - 1) / 5000)));
  });
});
