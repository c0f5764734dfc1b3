import { runServe } from './run-serve.js';

/** What is still under way when all is closed, such as a write to a disk that hangs, holds the process up no longer. */
const HANGING_MS = 2000;

process.exitCode = await runServe(process.argv.slice(2), process);
setTimeout(() => process.exit(), HANGING_MS).unref();
