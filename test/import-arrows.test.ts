import { describe, expect, it } from 'vitest';
import { importsOf, manifestOf, packageNames, textOf, typescriptFiles } from './source-files.js';

// The architecture in one table: who may import whom. See docs/decisions/0002-packages-and-arrows.md.
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  core: [],
  data: ['core'],
  train: ['core'],
  serve: ['core'],
  'prediction-store': ['core', 'serve'],
  checks: ['core'],
  track: ['core'],
  onnx: ['core'],
  console: [],
  cli: ['core', 'data', 'train', 'serve', 'prediction-store', 'track', 'onnx', 'console'],
};

const folderOf = new Map(packageNames.map((folder) => [manifestOf(`packages/${folder}`).name, folder]));

/** `@scorecast/core/x` is of the package `@scorecast/core`, `fastify/y` of `fastify`. */
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function outsideImports(folder: string): readonly { readonly file: string; readonly specifier: string }[] {
  return typescriptFiles(`packages/${folder}/src`).flatMap((file) =>
    importsOf(file)
      .filter((specifier) => !specifier.startsWith('.'))
      .map((specifier) => ({ file, specifier })),
  );
}

describe('the import arrows', () => {
  it('are declared for every package', () => {
    expect(Object.keys(ARROWS).sort()).toEqual(packageNames);
  });

  describe.each(packageNames)('of %s', (folder) => {
    const allowed = ARROWS[folder];
    const dependencies = Object.keys(manifestOf(`packages/${folder}`).dependencies ?? {});

    it('point only to allowed packages', () => {
      const forbidden = outsideImports(folder).filter(({ specifier }) => {
        const target = folderOf.get(packageOf(specifier));
        return target !== undefined && !allowed.includes(target);
      });
      expect(forbidden).toEqual([]);
    });

    it('agree with the dependencies in package.json', () => {
      const declared = dependencies.flatMap((name) => folderOf.get(name) ?? []);
      expect(declared.filter((target) => !allowed.includes(target))).toEqual([]);
      const undeclared = outsideImports(folder).filter(
        ({ specifier }) => !specifier.startsWith('node:') && !dependencies.includes(packageOf(specifier)),
      );
      expect(undeclared).toEqual([]);
    });

    it('agree with the project references in tsconfig.json', () => {
      const config: { references: { path: string }[] } = JSON.parse(textOf(`packages/${folder}/tsconfig.json`));
      const referenced = config.references.map(({ path }) => path.replace('../', ''));
      expect(referenced.sort()).toEqual(dependencies.flatMap((name) => folderOf.get(name) ?? []).sort());
    });

    it('never leave the package by a relative path', () => {
      const leaving = typescriptFiles(`packages/${folder}/src`).flatMap((file) => {
        const depth = file.split('/').length - `packages/${folder}/src/x`.split('/').length;
        const ups = new RegExp(`^(\\.\\./){${depth + 1}}`);
        return importsOf(file)
          .filter((specifier) => ups.test(specifier))
          .map((specifier) => `${file}: ${specifier}`);
      });
      expect(leaving).toEqual([]);
    });
  });

  it('do not leave core at all, not even to Node, so that it runs in a browser', () => {
    expect(outsideImports('core')).toEqual([]);
    expect(manifestOf('packages/core').dependencies ?? {}).toEqual({});
  });
});
