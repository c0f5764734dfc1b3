/** How a file can be shown. */
export type PreviewKind = 'text' | 'json' | 'image' | 'none';

const IMAGE = /\.(png|jpe?g|gif|webp|svg)$/i;
const JSON_TEXT = /\.(json|ipynb)$/i;
const TEXT =
  /(^|\/)(mlmodel|mlproject|dockerfile|makefile|license|[^/]*\.(txt|log|md|csv|tsv|ya?ml|toml|ini|cfg|xml|html?|css|js|ts|py|r|sql|sh|jsonl|svg))$/i;

/** Larger files are only downloaded. */
export const MAX_PREVIEW_BYTES = 1_000_000;

/** How a file of this name is shown. */
export function previewKind(path: string): PreviewKind {
  if (IMAGE.test(path)) return 'image';
  if (JSON_TEXT.test(path)) return 'json';
  return TEXT.test(path) ? 'text' : 'none';
}

/** JSON with line breaks; other texts as they are. */
export function readableText(text: string, kind: PreviewKind): string {
  if (kind !== 'json') return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
