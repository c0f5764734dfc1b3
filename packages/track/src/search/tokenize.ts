import { filterError } from './filter-error.js';

/** A piece of a filter or of an order_by. */
export type Token =
  | { readonly kind: 'name'; readonly entity: string | undefined; readonly key: string; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly quote: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'symbol'; readonly value: string; readonly at: number }
  | { readonly kind: 'end'; readonly at: number };

const SPACE = /\s*/uy;
const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
/** A key needs quotes only where it holds a space or a letter that would end it. */
const KEY = /[\p{L}\p{N}_\-/:.]+/uy;
const NUMBER = /[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?(?![\p{L}\p{N}_])/iuy;
const SYMBOL = /<=|>=|!=|[=<>(),]/uy;

/** Cuts a text into its pieces. Quotes inside quotes are doubled, as in SQL. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = skip(text, 0);
  while (at < text.length) {
    const [token, end] = tokenAt(text, at);
    tokens.push(token);
    at = skip(text, end);
  }
  return [...tokens, { kind: 'end', at: text.length }];
}

function tokenAt(text: string, at: number): readonly [Token, number] {
  const first = text.charAt(at);
  if (first === "'" || first === '"') {
    const [value, end] = quoted(text, at);
    return [{ kind: 'text', value, quote: first, at }, end];
  }
  if (first === '`' || match(WORD, text, at) !== undefined) return nameAt(text, at);
  const number = match(NUMBER, text, at);
  if (number !== undefined) return [{ kind: 'number', value: Number(number), at }, at + number.length];
  const symbol = match(SYMBOL, text, at);
  if (symbol !== undefined) return [{ kind: 'symbol', value: symbol, at }, at + symbol.length];
  throw filterError(text, at, 'a key, a value, a comparison, a parenthesis, AND or OR');
}

/** `key`, `entity.key`, `entity.a.key.with.dots` or ``entity.`a key` ``. */
function nameAt(text: string, at: number): readonly [Token, number] {
  const [word, end] = part(text, at, WORD);
  if (text.charAt(end) !== '.') return [{ kind: 'name', entity: undefined, key: word, at }, end];
  const [key, keyEnd] = part(text, end + 1, KEY);
  return [{ kind: 'name', entity: word, key, at }, keyEnd];
}

function part(text: string, at: number, pattern: RegExp): readonly [string, number] {
  if (['`', '"', "'"].includes(text.charAt(at))) return quoted(text, at);
  const found = match(pattern, text, at);
  if (found === undefined) throw filterError(text, at, 'a key after the dot');
  return [found, at + found.length];
}

function quoted(text: string, at: number): readonly [string, number] {
  const quote = text.charAt(at);
  let value = '';
  for (let from = at + 1; ;) {
    const close = text.indexOf(quote, from);
    if (close === -1) throw filterError(text, text.length, `the closing ${quote} of the quote at character ${at + 1}`);
    value += text.slice(from, close);
    if (text.charAt(close + 1) !== quote) return [value, close + 1];
    value += quote;
    from = close + 2;
  }
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  const sticky = pattern;
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0];
}

function skip(text: string, at: number): number {
  return at + (match(SPACE, text, at)?.length ?? 0);
}
