// `npm run bench -- NAME`: runs bench/NAME.mjs against the compiled packages. Timings never pass or fail.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

const [, , name, ...args] = process.argv;
// A benchmark says in its head how it is run; the other files are what benchmarks share.
const names = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.mjs'))
  .map((file) => file.slice(0, -'.mjs'.length))
  .filter((file) => readFileSync(join(root, 'bench', `${file}.mjs`), 'utf8').includes(`npm run bench -- ${file}`));

if (name !== undefined && names.includes(name)) {
  prepare();
  const path = join(root, 'bench', `${name}.mjs`);
  process.argv.splice(1, process.argv.length, path, ...args);
  await import(pathToFileURL(path).href);
} else {
  const problem = name === undefined ? '' : `there is no benchmark "${name}"\n`;
  process.stderr.write(`${problem}usage: npm run bench -- NAME\nbenchmarks: ${names.join(', ')}\n`);
  process.exitCode = 2;
}
