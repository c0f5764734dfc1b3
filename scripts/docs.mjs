// `npm run docs`: writes docs/reference/*.md from the compiled packages, so that reference and code cannot disagree.
// `node scripts/docs.mjs --check` only names the pages that are out of date; a test does that.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { messagePattern } from './message-pattern.mjs';
import { prepare, root } from './prepare.mjs';

const isCheck = process.argv.includes('--check');
if (!isCheck) prepare();

const folder = join(root, 'docs/reference');
const pages = {
  'cli.md': cliPage(),
  'errors.md': await errorsPage(),
  'estimators.md': await estimatorsPage(),
  'settings.md': await settingsPage(),
};
const stale = Object.entries(pages).filter(([name, text]) => readPage(name) !== text);

if (isCheck) {
  for (const [name] of stale) console.log(`docs/reference/${name} is out of date (run "npm run docs")`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of stale) writeFileSync(join(folder, name), text);
  console.log(stale.length > 0 ? `wrote ${stale.map(([name]) => name).join(', ')}` : 'all pages are up to date');
}

function readPage(name) {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

function page(title, introduction, sections) {
  return `# ${title}\n\n${introduction} This page is made by \`npm run docs\`.\n\n${sections.join('\n\n')}\n`;
}

function table(header, rows) {
  const line = (cells) => `| ${cells.map((cell) => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(header), `|${header.map(() => '---|').join('')}`, ...rows.map(line)].join('\n');
}

function compiled(packageName) {
  return import(pathToFileURL(join(root, `packages/${packageName}/dist/index.js`)).href);
}

function cliPage() {
  const main = join(root, 'packages/cli/dist/main.js');
  const help = (...command) =>
    execFileSync(process.execPath, [main, ...command, '--help'], { encoding: 'utf8' }).trim();
  const section = (title, text) => `${title}\n\n\`\`\`text\n${text}\n\`\`\``;
  const overview = help();
  const sections = commandsIn(overview).map((name) => {
    const text = help(name);
    const parts = commandsIn(text).map((part) => section(`### scorecast ${name} ${part}`, help(name, part)));
    return [section(`## scorecast ${name}`, text), ...parts].join('\n\n');
  });
  return page('Commands', 'What `scorecast --help` and the help of each command say.', [
    section('## scorecast', overview),
    ...sections,
  ]);
}

/** The commands that a help lists. */
function commandsIn(help) {
  const at = help.indexOf('\nCommands:');
  if (at < 0) return [];
  const listed = help.slice(at).matchAll(/^ {2}([a-z]+)\b/gm);
  return [...listed].map(([, name]) => name).filter((name) => name !== 'help');
}

async function errorsPage() {
  const sections = [];
  for (const name of readdirSync(join(root, 'packages')).sort()) {
    const tables = Object.entries(await compiled(name)).filter(([key]) => key.endsWith('Errors'));
    const rows = tables.flatMap(([, entries]) =>
      Object.entries(entries).map(([code, entry]) => [
        `\`${code}\``,
        entry.status,
        entry.exitCode,
        messagePattern(entry.message),
      ]),
    );
    if (rows.length === 0) continue;
    sections.push(`## ${name}\n\n${table(['code', 'HTTP', 'exit', 'message'], rows)}`);
  }
  return page(
    'Errors',
    'Every error has a code that stays the same, an HTTP status (answers are `application/problem+json`), an exit code ' +
      'of the command line (1 failure, 2 usage, 3 invalid data, 4 bundle refused, 5 gate not passed, 130 cancelled) and a ' +
      'message, in which <i>details</i> are filled in.',
    sections,
  );
}

/** What the doc comment of an estimator's factory says before its first tag; the factory's file is named after it. */
function description(estimator) {
  const folder = join(root, 'packages/train/src/estimators');
  const registry = readFileSync(join(folder, 'estimators.ts'), 'utf8');
  const [, factory] = new RegExp(`\\bentry\\(\\s*'${estimator}',\\s*\\w+,\\s*(\\w+)`).exec(registry);
  const file = factory.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const source = readFileSync(join(folder, `${file}.ts`), 'utf8');
  const before = source.slice(0, source.indexOf(`export function ${factory}(`));
  const [text] = before.slice(before.lastIndexOf('/**') + 3, before.lastIndexOf('*/')).split(/^ \* @/m);
  return text
    .replace(/^ \* ?/gm, '')
    .replace(/\{@link (\w+)\}/g, '`$1`')
    .trim();
}

async function estimatorsPage() {
  const { estimators } = await compiled('train');
  const sections = Object.entries(estimators).map(([name, { params }]) => {
    const rows = Object.entries(params).map(([param, declared]) => [
      `\`${param}\``,
      `\`${JSON.stringify(declared.default)}\``,
      declared.expected,
      declared.about,
    ]);
    const text = rows.length > 0 ? table(['param', 'default', 'may be', 'meaning'], rows) : 'It has no params.';
    return `## ${name}\n\n${description(name)}\n\n${text}`;
  });
  return page('Estimators', 'What can be named in a grid, with all params, simplest estimator first.', sections);
}

async function settingsPage() {
  const { defaultOf, settingNames, settings, variablesOf } = await import(
    pathToFileURL(join(root, 'packages/serve/dist/settings/index.js'))
  );
  const rows = settingNames.map((name) => {
    const setting = settings[name];
    const { flag, placeholder, expected, help } = setting;
    const typed = placeholder === undefined ? `--${flag}` : `--${flag} <${placeholder}>`;
    const variables = variablesOf(setting).map((variable) => `\`${variable}\``);
    return [`\`${typed}\``, variables.join(', '), defaultOf(setting) ?? '', expected, help];
  });
  return page(
    'Settings of the service',
    'The options of `scorecast-serve` and `scorecast serve`; where one is not typed, its environment variable counts, and else ' +
      'its default. The bundle itself is the argument, or `SCORECAST_BUNDLE`.',
    [table(['option', 'environment', 'default', 'value', 'what it is for'], rows)],
  );
}
