// How results are written down.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { join } from 'node:path';
import { root } from '../../scripts/prepare.mjs';

const results = join(root, 'bench/RESULTS.md');

/** One line about the machine and the versions. */
export function machine(peers) {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return `${cpu.model.trim()}, ${cpus().length} cores, ${memory}, ${type()} ${release()}, Node ${process.versions.node}; ${peers}.\n`;
}

/** A Markdown table; every column but the first is aligned to the right. */
export function markdownTable(headings, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  return [line(headings), line(headings.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

/** Replaces the section `## name` of bench/RESULTS.md, or appends it. */
export function saveSection(name, section) {
  const text = existsSync(results) ? readFileSync(results, 'utf8') : '# Results\n';
  const others = text.split(/^(?=## )/m).filter((part) => !part.startsWith(`## ${name}\n`));
  writeFileSync(results, `${others.map((part) => part.trimEnd()).join('\n\n')}\n\n${section.trimEnd()}\n`);
}
