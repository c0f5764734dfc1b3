#!/usr/bin/env node
// In the repository, and executable there: what the compiler writes is neither when npm links the command.
import { statSync } from 'node:fs';

const writtenAt = (file) =>
  statSync(new URL(`../dist/${file}`, import.meta.url), { throwIfNoEntry: false })?.mtimeMs ?? 0;

// The bundle of the whole starts faster, unless the compiler has run since; published packages have no notes of it.
await import(writtenAt('program.js') > writtenAt('.tsbuildinfo') ? '../dist/program.js' : '../dist/main.js');
