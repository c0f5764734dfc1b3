import { pino, type Logger } from 'pino';

/** How messages are written: for people, or as JSON lines for log collectors. */
export type LogFormat = 'text' | 'json';

/** The log levels, quietest last. */
export const logLevels = ['debug', 'info', 'warn', 'error'] as const;

/** One of {@link logLevels}: messages below it are not written. */
export type LogLevel = (typeof logLevels)[number];

/** Where a command writes: data on stdout, messages on stderr. Tests give their own streams. */
export interface Terminal {
  /** Writes data: the thing that was asked for, and nothing else. Waits where the reader is slower. */
  data(text: string): Promise<void>;
  /** Tells the user something, with fields for the JSON form. */
  message(level: LogLevel, text: string, fields?: Readonly<Record<string, unknown>>): void;
  /** Whether progress may be drawn: a person watches stderr and messages are text. */
  readonly interactive: boolean;
  /** How a server logs its requests here: every one as JSON for collectors, only trouble where people read. */
  readonly serverLog: { readonly logLevel: LogLevel; readonly logStream: { write(line: string): void } };
  /** Emphasis for headings and winners; the text itself where colour is off. */
  bold(text: string): string;
}

/** What a terminal is made of. */
export interface TerminalOptions {
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly level: LogLevel;
  readonly format: LogFormat;
  /** The environment; `NO_COLOR` switches emphasis off. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Makes the terminal that all commands of one process share. */
export function createTerminal(options: TerminalOptions): Terminal {
  const interactive = options.stderr.isTTY === true && options.format === 'text';
  const colour = interactive && (options.env['NO_COLOR'] ?? '') === '';
  const write = options.format === 'json' ? jsonMessages(options) : textMessages(options);
  return {
    interactive,
    message: write,
    serverLog: {
      logLevel: options.format === 'text' && options.level === 'info' ? 'warn' : options.level,
      logStream: { write: (line) => void options.stderr.write(line) },
    },
    data: (text) => writeAll(options.stdout, text),
    bold: (text) => (colour ? `\u001b[1m${text}\u001b[22m` : text),
  };
}

function textMessages({ stderr, level }: TerminalOptions): Terminal['message'] {
  return (messageLevel, text) => {
    if (logLevels.indexOf(messageLevel) >= logLevels.indexOf(level)) stderr.write(`${text}\n`);
  };
}

function jsonMessages({ stderr, level }: TerminalOptions): Terminal['message'] {
  const logger: Logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, stderr);
  return (messageLevel, text, fields = {}) => {
    logger[messageLevel](fields, text);
  };
}

async function writeAll(stream: NodeJS.WritableStream, text: string): Promise<void> {
  if (stream.write(text)) return;
  await new Promise<void>((resolve) => stream.once('drain', resolve));
}
