import { describe, expect, it } from 'vitest';
import { importedFile, importsOf, packageNames, typescriptFiles } from './source-files.js';

/** One cycle of the graph as a path that ends where it starts, or undefined. */
function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (node: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node];
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const cycle = visit(next, [...path, node]);
      if (cycle !== undefined) return cycle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const cycle = visit(node, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

describe('file imports', () => {
  it.each(packageNames)('have no cycle in %s', (name) => {
    const files = ['src', 'web'].flatMap((room) => typescriptFiles(`packages/${name}/${room}`));
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .filter((specifier) => specifier.startsWith('.'))
          .map((specifier) => importedFile(file, specifier)),
      ]),
    );
    expect(findCycle(graph)).toBeUndefined();
  });

  it('would be found to have one', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c']],
      ['c', ['b']],
    ]);
    expect(findCycle(graph)).toEqual(['b', 'c', 'b']);
  });
});
