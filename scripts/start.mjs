// `npm start`: from a clean clone to a served prediction. Arguments go to `scorecast up`: `npm start -- --port 9000`.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

prepare();

// The command runs in this process: it starts sooner and gets Ctrl-C itself.
const main = join(root, 'packages/cli/dist/main.js');
process.argv.splice(1, process.argv.length, main, 'up', ...process.argv.slice(2));

// Ending by the signal, rather than with its exit code, tells npm that this is no failure to report.
process.once('exit', (code) => {
  if (code !== 130 || process.platform === 'win32') return;
  process.removeAllListeners('SIGINT');
  process.kill(process.pid, 'SIGINT');
});

await import(pathToFileURL(main).href);
