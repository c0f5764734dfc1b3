import { describe, expect, it } from 'vitest';
import { previewKind, readableText } from '../web/run/preview-kind.js';

describe('the preview of files', () => {
  it.each([
    ['model/bundle.json', 'json'],
    ['notes.TXT', 'text'],
    ['model/MLmodel', 'text'],
    ['charts/residuals.png', 'image'],
    ['model.bin', 'none'],
    ['txt', 'none'],
  ])('of %s is %s', (path, kind) => {
    expect(previewKind(path)).toBe(kind);
  });

  it('breaks JSON into lines, and shows what is none as it is', () => {
    expect(readableText('{"a":[1]}', 'json')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(readableText('{"a":', 'json')).toBe('{"a":');
    expect(readableText('{"a":[1]}', 'text')).toBe('{"a":[1]}');
  });
});
