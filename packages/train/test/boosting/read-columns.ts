import { readFileSync } from 'node:fs';
import { mersenneTwister, type Table } from '@scorecast/core';
import { columns } from '../trees/tree-rows.js';

/** As `read` in `fixtures/make/make_boosting.py`: numbers as they are, text one-hot encoded, rows in a drawn order. */
export function readColumns(file: URL, separator: string, target: string): { x: Table; y: Float64Array } {
  const [header, ...lines] = readFileSync(file, 'utf8').trim().replaceAll('"', '').split(/\r?\n/);
  const cells = Array.from(mersenneTwister(0).permutation(lines.length), (row) => lines[row].split(separator));
  const features: Float64Array[] = [];
  let y = new Float64Array(0);
  header.split(separator).forEach((name, column) => {
    const texts = cells.map((row) => row[column]);
    const isNumeric = texts.every((text) => text !== '' && !Number.isNaN(Number(text)));
    if (name === target) y = Float64Array.from(texts, Number);
    else if (isNumeric) features.push(Float64Array.from(texts, Number));
    else {
      const levels = [...new Set(texts)].sort();
      features.push(...levels.map((level) => Float64Array.from(texts, (text) => (text === level ? 1 : 0))));
    }
  });
  return { x: columns(...features), y };
}
