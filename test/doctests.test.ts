import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { compileFunction } from 'node:vm';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { packageNames, root, textOf, typescriptFiles } from './source-files.js';
import * as tiny from './tiny-bundle.js';

// Runs the examples in doc comments. An example is a block of code after `@example` in which a line `expr; // => value`
// (or `// => value` on the next line) says what an expression gives. In scope are the exports of its own file, of every
// package, and of tiny-bundle.ts.

interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
}

type Scope = Readonly<Record<string, unknown>>;
type Check = (actual: unknown, expected: unknown) => void;

function examplesOf(file: string): readonly Example[] {
  const text = textOf(file);
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) =>
    [...comment[0].matchAll(/^ *\* @example *\n((?: *\*(?!\/)(?! @).*\n)+)/gm)].map(([block, lines]) => ({
      file,
      line: text.slice(0, comment.index + comment[0].indexOf(block)).split('\n').length,
      code: lines.replace(/^ *\* ?/gm, ''),
    })),
  );
}

/** Replaces each `expr; // => value` by a call of `check`, and counts them. */
function instrument(code: string): { readonly code: string; readonly checks: number } {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2023, true);
  let rewritten = '';
  let checks = 0;
  for (const statement of source.statements) {
    const expected = /^[ \t]*\n?[ \t]*\/\/ => (.*)/.exec(code.slice(statement.end))?.[1];
    if (expected === undefined) {
      rewritten += `${statement.getText()}\n`;
    } else if (ts.isExpressionStatement(statement)) {
      rewritten += `check(${statement.expression.getText()}, (${expected}));\n`;
      checks += 1;
    } else {
      throw new Error(`only an expression can be followed by "// => ${expected}"`);
    }
  }
  return { code: rewritten, checks };
}

async function run(code: string, scope: Scope): Promise<void> {
  const options = { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.ESNext };
  const javascript = ts.transpileModule(`async function example() {\n${code}}`, {
    compilerOptions: options,
  }).outputText;
  const example = compileFunction(`${javascript}\nreturn example();`, Object.keys(scope));
  await Reflect.apply(example, undefined, Object.values(scope));
}

async function compiledExports(file: string): Promise<Scope> {
  const path = join(root, file.replace('/src/', '/dist/').replace(/\.tsx?$/, '.js'));
  return existsSync(path) ? import(pathToFileURL(path).href) : {};
}

const packageExports: Scope = Object.assign(
  {},
  ...(await Promise.all(packageNames.map((name) => compiledExports(`packages/${name}/src/index.ts`)))),
);

const examples = packageNames.flatMap((name) => typescriptFiles(`packages/${name}/src`)).flatMap(examplesOf);

describe('the example in', () => {
  for (const { file, line, code } of examples) {
    it(`${file}:${line}`, async () => {
      const instrumented = instrument(code);
      expect(instrumented.checks, 'checks of the form "expr; // => value"').toBeGreaterThan(0);
      const check: Check = (actual, expected) => {
        expect(actual).toEqual(expected);
      };
      await run(instrumented.code, { ...packageExports, ...tiny, ...(await compiledExports(file)), check });
    });
  }
});

describe('the runner of examples', () => {
  it('finds a wrong value', async () => {
    const { code } = instrument('const x = 2;\nx + 1; // => 4\n');
    const seen: unknown[] = [];
    await run(code, { check: (actual: unknown, expected: unknown) => seen.push(actual, expected) });
    expect(seen).toEqual([3, 4]);
  });
});
