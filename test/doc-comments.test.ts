import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { packageNames, root } from './source-files.js';

const indexFile = (name: string) => join(root, `packages/${name}/src/index.ts`);

const program = ts.createProgram(packageNames.map(indexFile), {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  skipLibCheck: true,
  noEmit: true,
});
const checker = program.getTypeChecker();

/** The exports of a package's index, each with its doc comment's text. */
function documentation(name: string): readonly { readonly name: string; readonly text: string }[] {
  const source = program.getSourceFile(indexFile(name));
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`packages/${name}/src/index.ts exports nothing`);
  return checker.getExportsOfModule(module).map((exported) => {
    const symbol = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
    return { name: exported.name, text: ts.displayPartsToString(symbol.getDocumentationComment(checker)) };
  });
}

describe('the exports', () => {
  it.each(packageNames)('of %s all have a doc comment that is a sentence', (name) => {
    const undocumented = documentation(name).filter(({ text }) => !/[.:)]$/m.test(text));
    expect(undocumented).toEqual([]);
  });
});
