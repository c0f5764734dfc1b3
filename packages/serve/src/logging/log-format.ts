/** Where log lines are read: each place knows some fields by names of its own, and filters and joins lines by them. */
export type LogFormat = 'json' | 'google' | 'azure' | 'aws';

/** What is known of a request when it has been answered. */
interface AnsweredRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Milliseconds. */
  readonly durationMs: number;
  /** The caller's trace, 32 hexadecimal digits, where it sent one. */
  readonly traceId: string | undefined;
}

/** How a place wants its lines. */
interface LogLayout {
  /** The field that says how grave a line is, from pino's name of the level. */
  readonly level?: (label: string) => Readonly<Record<string, string | number>>;
  /** The field of the moment, as RFC 3339 has it; without it `time`, in milliseconds since 1970. */
  readonly timeKey?: string;
  readonly messageKey: string;
  /** The field of the request's id. */
  readonly idKey: string;
  readonly request: (request: AnsweredRequest) => object;
}

/** Google's severities, by pino's levels. */
const SEVERITIES: Readonly<Record<string, string>> = { warn: 'WARNING', fatal: 'CRITICAL' };

/** Application Insights' numbers, by pino's levels. */
const SEVERITY_LEVELS: Readonly<Record<string, number>> = { debug: 0, info: 1, warn: 2, error: 3, fatal: 4 };

/**
 * Every format. Sources: Cloud Logging's structured logging, the columns of Application Insights' tables, and the JSON
 * fields that CloudWatch discovers in the logs of AWS's own runtimes.
 */
export const logLayouts: Readonly<Record<LogFormat, LogLayout>> = {
  json: { messageKey: 'msg', idKey: 'reqId', request: plainRequest },
  google: {
    level: (label) => ({ severity: SEVERITIES[label] ?? label.toUpperCase() }),
    timeKey: 'time',
    messageKey: 'message',
    idKey: 'reqId',
    request: ({ method, path, status, durationMs, traceId }) => ({
      httpRequest: { requestMethod: method, requestUrl: path, status, latency: `${(durationMs / 1000).toFixed(6)}s` },
      ...(traceId === undefined ? {} : { 'logging.googleapis.com/trace': googleTrace(traceId) }),
    }),
  },
  azure: {
    level: (label) => ({ level: label, severityLevel: SEVERITY_LEVELS[label] ?? 0 }),
    timeKey: 'timestamp',
    messageKey: 'message',
    idKey: 'requestId',
    request: ({ method, path, status, durationMs, traceId }) => ({
      name: `${method} ${path}`,
      resultCode: String(status),
      success: status < 400,
      duration: durationMs,
      ...(traceId === undefined ? {} : { operation_Id: traceId }),
    }),
  },
  aws: {
    level: (label) => ({ level: label.toUpperCase() }),
    timeKey: 'timestamp',
    messageKey: 'message',
    idKey: 'requestId',
    request: plainRequest,
  },
};

function plainRequest({ traceId, ...request }: AnsweredRequest): object {
  return traceId === undefined ? request : { ...request, traceId };
}

/** Cloud Logging finds a trace by its project, which Cloud Run does not say by itself. */
function googleTrace(traceId: string): string {
  const project = process.env['GOOGLE_CLOUD_PROJECT'];
  return project === undefined || project === '' ? traceId : `projects/${project}/traces/${traceId}`;
}

/** A format in pino's words. */
export function pinoOptions(format: LogFormat, level: string) {
  const { level: levelFields, timeKey, messageKey } = logLayouts[format];
  return {
    level,
    base: { name: 'scorecast' },
    messageKey,
    ...(levelFields === undefined ? {} : { formatters: { level: levelFields } }),
    ...(timeKey === undefined ? {} : { timestamp: () => `,"${timeKey}":"${new Date().toISOString()}"` }),
  };
}
