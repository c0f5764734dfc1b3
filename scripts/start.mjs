// `npm start`: from a clean clone to a served prediction. Arguments go to `scorecast up`: `npm start -- --port 9000`.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { prepare, root } from './prepare.mjs';

prepare();

// The command runs in this process: it starts sooner, and Ctrl-C reaches it without being passed on.
const main = join(root, 'packages/cli/dist/main.js');
process.argv.splice(1, process.argv.length, main, 'up', ...process.argv.slice(2));
await import(pathToFileURL(main).href);
