import { trackError } from '../track-error.js';
import { type Comparison, type Filter, type Operator } from './filter.js';
import { filterError } from './filter-error.js';
import { tokenize, type Token } from './tokenize.js';

/** What a filter may be at most; a longer one is an accident or an attack. */
const MAX_LENGTH = 200_000;
const MAX_DEPTH = 30;
const MAX_COMPARISONS = 200;
const MAX_LIST = 10_000;

/**
 * Reads a filter.
 *
 * `comparison (AND comparison)*` as in MLflow; beyond it OR, parentheses, and IN for every key. AND binds tighter than OR.
 *
 * @returns undefined when the filter is empty.
 * @throws INVALID_PARAMETER_VALUE, with the position and what was expected there.
 */
export function parseFilter(text: string): Filter | undefined {
  if (text.length > MAX_LENGTH) {
    const message = `Invalid filter: ${text.length} characters are too many (expected at most ${MAX_LENGTH})`;
    throw trackError('INVALID_PARAMETER_VALUE', { message });
  }
  const reader = new FilterReader(text, tokenize(text));
  return reader.read();
}

class FilterReader {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #comparisons = 0;

  constructor(text: string, tokens: readonly Token[]) {
    this.#text = text;
    this.#tokens = tokens;
  }

  read(): Filter | undefined {
    if (this.#isAtEnd()) return undefined;
    const filter = this.#alternatives(0);
    if (!this.#isAtEnd()) this.#expected('AND, OR or the end');
    return filter;
  }

  get #token(): Token {
    return this.#tokens[this.#next];
  }

  #alternatives(depth: number): Filter {
    return this.#joined('or', () => this.#joined('and', () => this.#term(depth)));
  }

  #joined(kind: 'and' | 'or', one: () => Filter): Filter {
    const parts = [one()];
    while (this.#takeWord(kind.toUpperCase())) parts.push(one());
    return parts.length === 1 ? parts[0] : { kind, parts };
  }

  #term(depth: number): Filter {
    if (!this.#takeSymbol('(')) return this.#comparison();
    if (depth >= MAX_DEPTH) this.#expected(`at most ${MAX_DEPTH} parentheses inside each other`);
    const inner = this.#alternatives(depth + 1);
    if (!this.#takeSymbol(')')) this.#expected('), AND or OR');
    return inner;
  }

  #comparison(): Comparison {
    this.#comparisons += 1;
    if (this.#comparisons > MAX_COMPARISONS) this.#expected(`at most ${MAX_COMPARISONS} comparisons`);
    const token = this.#token;
    const { entity, key } = this.#key(token);
    this.#next += 1;
    const operator = this.#operator();
    const valueAt = this.#token.at;
    const value = operator === 'IN' || operator === 'NOT IN' ? this.#list() : this.#value();
    return { kind: 'comparison', entity, key, operator, value, keyAt: token.at, valueAt };
  }

  #key(token: Token): { readonly entity: string | undefined; readonly key: string } {
    if (token.kind === 'name') return token;
    if (token.kind === 'text' && token.quote === '"') return { entity: undefined, key: token.value };
    return this.#expected('a key such as metrics.rmse, params.alpha, tags.team or status');
  }

  #operator(): Operator {
    const token = this.#token;
    for (const symbol of ['=', '!=', '<', '<=', '>', '>='] as const) {
      if (token.kind === 'symbol' && token.value === symbol) {
        this.#next += 1;
        return symbol;
      }
    }
    if (this.#takeWord('LIKE')) return 'LIKE';
    if (this.#takeWord('ILIKE')) return 'ILIKE';
    if (this.#takeWord('IN')) return 'IN';
    if (this.#takeWord('NOT')) return this.#takeWord('IN') ? 'NOT IN' : this.#expected('IN after NOT');
    return this.#expected('a comparison: =, !=, <, <=, >, >=, LIKE, ILIKE, IN or NOT IN');
  }

  #list(): readonly (string | number)[] {
    if (!this.#takeSymbol('(')) this.#expected("a list such as ('a', 'b')");
    const values = [this.#value()];
    while (this.#takeSymbol(',')) {
      // Python writes a list of one as ('a',).
      if (this.#token.kind === 'symbol' && this.#token.value === ')') break;
      values.push(this.#value());
      if (values.length > MAX_LIST) this.#expected(`at most ${MAX_LIST} values`);
    }
    if (!this.#takeSymbol(')')) this.#expected('a comma or ) after the value');
    return values;
  }

  #value(): string | number {
    const token = this.#token;
    if (token.kind !== 'text' && token.kind !== 'number') {
      return this.#expected("a number, or a text in quotes such as 'a'");
    }
    this.#next += 1;
    return token.value;
  }

  #isAtEnd(): boolean {
    return this.#token.kind === 'end';
  }

  #takeWord(word: string): boolean {
    const token = this.#token;
    const found = token.kind === 'name' && token.entity === undefined && token.key.toUpperCase() === word;
    if (found) this.#next += 1;
    return found;
  }

  #takeSymbol(symbol: string): boolean {
    const found = this.#token.kind === 'symbol' && this.#token.value === symbol;
    if (found) this.#next += 1;
    return found;
  }

  #expected(what: string): never {
    throw filterError(this.#text, this.#token.at, what);
  }
}
