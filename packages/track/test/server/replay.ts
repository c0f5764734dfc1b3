import { readFileSync } from 'node:fs';
import { type FastifyInstance } from 'fastify';

/** A request of the transcript and MLflow's answer; ids and times are names in double braces. */
export interface Step {
  readonly title: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly raw?: string;
  readonly raw64?: string;
  readonly keep?: Readonly<Record<string, string>>;
  readonly status: number;
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly answer: unknown;
}

/** Steps that build on each other, and on the sections before. */
export interface Section {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** The transcript of MLflow's server. */
export function readTranscript(): readonly Section[] {
  const url = new URL('../../../../fixtures/golden/mlflow-transcript.json', import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')).sections;
}

/** What a server answered, comparable with a step of the transcript. */
export interface Answered {
  readonly status: number;
  readonly answerHeaders?: Readonly<Record<string, string>>;
  readonly answer: unknown;
}

/** Sends the steps of the transcript to a server, with the ids that this server gave. */
export class Replay {
  readonly #names = new Map<string, string>();
  readonly #app: FastifyInstance;

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  async send(step: Step): Promise<Answered> {
    const headers = Object.entries({ host: 'localhost:5000', ...step.headers });
    const payload = this.#payload(step);
    const response = await this.#app.inject({
      method: step.method,
      url: this.#filled(step.url),
      headers: Object.fromEntries(headers.map(([name, value]) => [name, this.#filled(value)])),
      ...(payload === undefined ? {} : { payload }),
    });
    const isJson = String(response.headers['content-type']).startsWith('application/json');
    const answer: unknown = isJson && response.body !== '' ? response.json() : response.body;
    for (const [name, path] of Object.entries(step.keep ?? {})) this.#names.set(name, String(walk(answer, path)));
    const answerHeaders = Object.fromEntries(
      Object.keys(step.answerHeaders ?? {}).map((name) => [name, String(response.headers[name])]),
    );
    return {
      status: response.statusCode,
      ...(step.answerHeaders === undefined ? {} : { answerHeaders }),
      answer: this.#plain(answer),
    };
  }

  #payload({ raw64, raw, body }: Step): Buffer | string | undefined {
    if (raw64 !== undefined) return Buffer.from(raw64, 'base64');
    const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    return text === undefined ? undefined : expanded(this.#filled(text));
  }

  #filled(text: string): string {
    let filled = text;
    for (const [name, value] of this.#names) filled = filled.replaceAll(`{{${name}}}`, value);
    return filled;
  }

  /** As fixtures/make/mlflow_recording.py makes it plain. */
  #plain(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.#plain(item));
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.#plain(item)]));
    }
    if (typeof value === 'number' && value >= 1_750_000_000_000 && value < 4_000_000_000_000) return '{{time}}';
    return typeof value === 'string' ? this.#plainText(value) : value;
  }

  #plainText(text: string): string {
    let plain = text;
    for (const [name, value] of this.#names) if (value.length > 8) plain = plain.replaceAll(value, `{{${name}}}`);
    return plain
      .replaceAll(/\b1[7-9]\d{11}\b/gu, '{{time}}')
      .replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/gu, '{{id}}')
      .replace(/^[a-z]+-[a-z]+-\d+$/u, '{{random name}}')
      .replaceAll(/(.)\1{49,}/gu, (run: string, letter: string) => `{{${letter}*${run.length}}}`);
  }
}

/**
 * What a reader of MLflow's protocol sees: for it an empty text, list or object is the same as none, and the order of
 * tags and params is nobody's promise.
 */
export function asRead(value: unknown): unknown {
  if (Array.isArray(value)) return sortedEntries(value.map(asRead));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, asReadField(key, item)]);
  return Object.fromEntries(entries.filter(([, item]) => !isEmpty(item)));
}

/** Page tokens are opaque, but that they continue at the right place is a promise; a driver's words are none. */
function asReadField(key: string, item: unknown): unknown {
  if (typeof item !== 'string') return asRead(item);
  if (/^(?:\{"|\[")/u.test(item)) return asRead(JSON.parse(item));
  if (key === 'message') return asReadMessage(item);
  if (key !== 'next_page_token' || item.startsWith('{{')) return item;
  const { offset } = JSON.parse(Buffer.from(item, 'base64').toString());
  return `from ${offset} on`;
}

/**
 * Messages that no client looks at, where each server speaks of its own parser, limits and driver: what is wrong with a
 * filter, an order, a page token or a path.
 */
const OWN_WORDS =
  /^(?:Invalid (?:clause|attribute key|entity type|comparator|ordering key|order by|dataset key|filter|page token|path)|Invalid value .* for parameter 'max_results'|Invalid value for request parameter max_results|max_results must|Expected (?:a quoted|numeric)|Parameter value is|While parsing a list)/u;

function asReadMessage(message: string): string {
  if (OWN_WORDS.test(message)) return 'in words of its own';
  return message.replace(/ Error: \{\{driver's words\}\}$/u, '').replace(/ See the API docs for more.*$/u, '');
}

/** Lists of tags, params, latest metrics and aliases come in any order; histories, where a key stands twice, do not. */
function sortedEntries(list: readonly unknown[]): readonly unknown[] {
  const keys = list.map(keyOf);
  if (keys.includes(undefined) || new Set(keys).size < keys.length) return list;
  return [...list].sort((a, b) => (String(keyOf(a)) < String(keyOf(b)) ? -1 : 1));
}

function keyOf(item: unknown): unknown {
  if (typeof item !== 'object' || item === null) return undefined;
  const key: unknown = Reflect.get(item, 'key');
  return key ?? Reflect.get(item, 'alias');
}

function isEmpty(value: unknown): boolean {
  if (value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** {{x*501}} as 501 times x, and {"repeat": 3, "item": ...} inside a list as three items. */
function expanded(payload: string): string {
  const text = payload.replaceAll(/\{\{(.)\*(\d+)\}\}/gu, (_, letter: string, count: string) =>
    letter.repeat(Number(count)),
  );
  return text.includes('"repeat"') ? JSON.stringify(repeated(JSON.parse(text))) : text;
}

function repeated(value: unknown): unknown {
  if (Array.isArray(value)) return value.flatMap((item: unknown) => (isRepeat(item) ? copies(item) : [repeated(item)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, repeated(item)]));
}

interface Repeat {
  readonly repeat: number;
  readonly item: unknown;
}

function isRepeat(item: unknown): item is Repeat {
  return typeof item === 'object' && item !== null && 'repeat' in item;
}

function copies({ repeat, item }: Repeat): readonly unknown[] {
  const text = JSON.stringify(item);
  return Array.from({ length: repeat }, (_, index): unknown => JSON.parse(text.replaceAll('{i}', String(index))));
}

function walk(answer: unknown, path: string): unknown {
  let value: unknown = answer;
  for (const part of path.split('.')) {
    value = typeof value === 'object' && value !== null ? Reflect.get(value, part) : undefined;
  }
  return value;
}
