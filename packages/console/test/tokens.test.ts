import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const styleOf = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');

/** The custom properties of a style sheet in their order, once per scheme that sets them. */
function properties(style: string): readonly string[] {
  return [...style.matchAll(/^\s+(--[\w-]+:[^;]+);/gm)].map(([, property]) => property);
}

describe('the colours and type', () => {
  const own = properties(styleOf('../web/style/tokens.css'));
  // What paper needs is not here: nobody prints a console.
  const [screen] = styleOf('../../serve/assets/style.css').split('@media print');
  const theirs = properties(screen);

  it('are those of the prediction server’s pages, by day and by night', () => {
    expect(theirs.length).toBeGreaterThan(30);
    expect(own.slice(0, theirs.length)).toEqual(theirs);
  });
});
