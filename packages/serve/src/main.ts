import { runServe } from './run-serve.js';

process.exitCode = await runServe(process.argv.slice(2), process);
