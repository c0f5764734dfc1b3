// How the scripts of this folder run another program, and how they wait.

import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

/** Runs a program, showing the command; gives what it prints, and throws when it fails. */
export function run(program, ...args) {
  console.error(`$ ${[program, ...args].map(quoted).join(' ')}`);
  const { status, stdout, error } = spawnSync(program, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) throw new Error(`cannot start ${program}: ${error.message} (is it installed, and on PATH?)`);
  if (status !== 0) throw new Error(`${program} ${args.slice(0, 3).join(' ')} failed with exit code ${status}`);
  return stdout.trim();
}

/** {@link run}, for programs that print JSON. */
export function runJson(program, ...args) {
  return JSON.parse(run(program, ...args));
}

/**
 * Asks again until `ask` gives something other than undefined.
 *
 * @throws when `seconds` are over.
 */
export async function waitFor(what, ask, { seconds, pollSeconds = 5 }) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() + pollSeconds * 1000 > end) throw new Error(`${what} did not happen within ${seconds} s`);
    await sleep(pollSeconds * 1000);
  }
}

/** Runs a script's main function: a failure is one line on stderr and exit code 1. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
}

/** Throws when an option that has no default is missing. */
export function requireOptions(values, ...names) {
  const missing = names.filter((name) => values[name] === undefined).map((name) => `--${name}`);
  if (missing.length > 0) throw new Error(`missing ${missing.join(' and ')}`);
}

function quoted(text) {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
