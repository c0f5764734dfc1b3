import { parseScopes } from '../access/scope.js';
import { parseIssuer } from '../access/token-reader.js';
import { parseProxies } from '../access/trusted-proxies.js';
import { parseRate } from '../limits/rate.js';
import type { LogFormat } from '../logging/log-format.js';
import { anyText, onOrOff, oneOf, wholeNumber, type Setting } from './setting.js';

/** How much is logged; each level includes those before it, `silent` is nothing. */
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

/**
 * Every setting of the service, in one table: the options of `scorecast-serve` and of `scorecast serve`, the
 * environment variables and the reference page are made from it. A part of the service adds its settings as rows here.
 */
export const settings = {
  port: {
    flag: 'port',
    short: 'p',
    variable: 'PORT',
    placeholder: 'n',
    help: 'the port; 0 is any free one',
    otherwise: 8080,
    ...wholeNumber(0, 65_535),
  },
  host: {
    flag: 'host',
    variable: 'HOST',
    placeholder: 'address',
    help: 'the address to listen on; 0.0.0.0 is all of this machine',
    otherwise: '127.0.0.1',
    ...anyText,
  },
  workers: {
    flag: 'workers',
    placeholder: 'n',
    help: 'how many processes answer; auto is one per core',
    otherwise: 1,
    expected: 'a whole number from 1 to 256, or auto',
    read: (text: string) => (text === 'auto' ? text : wholeNumber(1, 256).read(text)),
  },
  watch: {
    flag: 'watch',
    help: 'serve the bundle anew whenever its file changes',
    otherwise: false,
    ...onOrOff,
  },
  drainDelayMs: {
    flag: 'drain-delay',
    placeholder: 'ms',
    help: 'how long to go on accepting requests after the signal to stop, while /ready says 503 already',
    otherwise: 0,
    ...wholeNumber(0, 3_600_000),
  },
  stopTimeoutMs: {
    flag: 'stop-timeout',
    placeholder: 'ms',
    help: 'how long running requests may take to finish before they are cut',
    otherwise: 10_000,
    ...wholeNumber(1, 3_600_000),
  },
  bodyLimitBytes: {
    flag: 'body-limit',
    placeholder: 'bytes',
    help: 'the largest body that is read',
    otherwise: 4 * 1024 * 1024,
    ...wholeNumber(1),
  },
  maxRecords: {
    flag: 'max-records',
    placeholder: 'n',
    help: 'the most records in one request',
    otherwise: 10_000,
    ...wholeNumber(1),
  },
  batchLimitBytes: {
    flag: 'batch-limit',
    placeholder: 'bytes',
    help: 'the largest file that is scored',
    otherwise: 64 * 1024 * 1024,
    ...wholeNumber(1),
  },
  batchMaxRows: {
    flag: 'batch-max-rows',
    placeholder: 'n',
    help: 'the most rows in a file that is scored',
    otherwise: 1_000_000,
    ...wholeNumber(1),
  },
  requestTimeoutMs: {
    flag: 'request-timeout',
    placeholder: 'ms',
    help: 'how long a request may take to arrive',
    otherwise: 30_000,
    ...wholeNumber(1),
  },
  headersTimeoutMs: {
    flag: 'headers-timeout',
    placeholder: 'ms',
    help: 'how long the head of a request may take to arrive',
    otherwise: 10_000,
    ...wholeNumber(1),
  },
  apiKeys: {
    flag: 'api-keys',
    placeholder: 'file',
    help: 'the file of the API keys that callers may use, read again when it changes',
    otherwise: undefined,
    otherwiseText: 'nobody is asked for a key',
    ...anyText,
  },
  oidcIssuer: {
    flag: 'oidc-issuer',
    placeholder: 'url',
    help: 'the OpenID Connect issuer whose tokens callers may use',
    otherwise: undefined,
    otherwiseText: 'none',
    expected: 'an https:// address (http:// for one on this machine)',
    read: parseIssuer,
  },
  oidcAudience: {
    flag: 'oidc-audience',
    placeholder: 'name',
    help: 'whom tokens must be meant for; always beside --oidc-issuer',
    otherwise: undefined,
    otherwiseText: 'none',
    ...anyText,
  },
  oidcScopesClaim: {
    flag: 'oidc-scopes-claim',
    placeholder: 'name',
    help: 'where tokens name scopes: predict, outcomes, metrics, admin',
    otherwise: 'scope',
    ...anyText,
  },
  oidcDefaultScopes: {
    flag: 'oidc-default-scopes',
    placeholder: 'scopes',
    help: 'what a token may do that names none of them, with commas between',
    otherwise: ['predict'],
    otherwiseText: 'predict',
    expected: 'some of predict, outcomes, metrics, admin',
    read: parseScopes,
  },
  rateLimit: {
    flag: 'rate-limit',
    placeholder: 'rate',
    help: 'how often each caller, or each address, may ask',
    otherwise: undefined,
    otherwiseText: 'as often as they like',
    expected: 'a rate such as 100/min',
    read: parseRate,
  },
  maxLoopDelayMs: {
    flag: 'max-loop-delay',
    placeholder: 'ms',
    help: 'answer 503 while timers are this late on average; 0 is never',
    otherwise: 1000,
    ...wholeNumber(0),
  },
  maxHeapPercent: {
    flag: 'max-heap',
    placeholder: 'percent',
    help: 'answer 503 while more of the heap than this is in use; 0 is never',
    otherwise: 95,
    ...wholeNumber(0, 100),
  },
  trustProxy: {
    flag: 'trust-proxy',
    placeholder: 'addresses',
    help: 'the addresses and networks of proxies whose X-Forwarded-* headers are believed, with commas between',
    otherwise: undefined,
    otherwiseText: 'none',
    expected: 'addresses or networks such as 10.0.0.7,10.1.0.0/16',
    read: parseProxies,
  },
  requireHttps: {
    flag: 'require-https',
    help: 'refuse what reached the proxy without HTTPS',
    otherwise: false,
    ...onOrOff,
  },
  logPredictions: {
    flag: 'log-predictions',
    placeholder: 'place',
    help: 'where every prediction is recorded: a folder, sqlite:///file.db or postgresql://...; none is nowhere',
    otherwise: 'none',
    // A database's URL may hold a password.
    secret: true,
    expected: 'a folder, the URL of a database, or none',
    read: (text: string) => (text.trim() === '' ? undefined : text),
  },
  logInputs: {
    flag: 'log-inputs',
    placeholder: 'what',
    help: 'what is recorded of the inputs: full, hashed (with --log-key) or none',
    otherwise: 'full',
    ...oneOf('full', 'hashed', 'none'),
  },
  logKey: {
    flag: 'log-key',
    placeholder: 'secret',
    help: 'the secret under which inputs are hashed, at least 32 characters; better kept in the environment',
    otherwise: undefined,
    otherwiseText: 'none',
    secret: true,
    ...anyText,
  },
  logIdentifiers: {
    flag: 'log-identifiers',
    help: 'record identifiers too, such as student numbers, where they are sent along',
    otherwise: false,
    ...onOrOff,
  },
  logKeepDays: {
    flag: 'log-keep-days',
    placeholder: 'n',
    help: 'how many days recorded predictions are kept; 0 is for ever',
    otherwise: 400,
    ...wholeNumber(0),
  },
  logKeepBytes: {
    flag: 'log-keep-bytes',
    placeholder: 'bytes',
    help: 'how large a folder of recorded predictions may become before the oldest go; 0 is without limit',
    otherwise: 2 * 1024 ** 3,
    ...wholeNumber(0),
  },
  logLevel: {
    flag: 'log-level',
    placeholder: 'level',
    help: 'the least important messages to write: silent, error, warn, info or debug',
    otherwise: 'info',
    ...oneOf<LogLevel>('silent', 'error', 'warn', 'info', 'debug'),
  },
  traceEndpoint: {
    flag: 'trace-endpoint',
    variable: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    placeholder: 'url',
    help: 'the OpenTelemetry collector that a span of every request is sent to, by OTLP over HTTP',
    otherwise: undefined,
    otherwiseText: 'nothing is traced',
    expected: 'an http or https address such as http://localhost:4318',
    read: (text: string) => (/^https?:\/\/[^\s/]/.test(text) && URL.canParse(text) ? text : undefined),
  },
  logFormat: {
    flag: 'log-format',
    placeholder: 'format',
    help: 'whose names the fields of log lines have: json (plain), google (Cloud Logging), azure (Azure Monitor) or aws (CloudWatch)',
    otherwise: 'json',
    ...oneOf<LogFormat>('json', 'google', 'azure', 'aws'),
  },
} satisfies Readonly<Record<string, Setting<unknown>>>;

type Table = typeof settings;

/** The name of a setting in code: `bodyLimitBytes`. */
export type SettingName = keyof Table;

/** All names, in the order in which help and reference list them. */
export const settingNames: readonly SettingName[] = ownKeys(settings);

function ownKeys<T extends object>(of: T): readonly (keyof T)[];
function ownKeys(of: object): readonly string[] {
  return Object.keys(of);
}

/** The value of every setting, as plain data. */
export type Settings = {
  readonly [Name in SettingName]: NonNullable<ReturnType<Table[Name]['read']>> | Widened<Table[Name]['otherwise']>;
};

/** The type of a default in the table, which is a literal there. */
type Widened<T> = T extends undefined ? undefined : never;
