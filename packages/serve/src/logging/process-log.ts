import { pino, type Logger } from 'pino';
import type { Settings } from '../settings/settings.js';
import { pinoOptions } from './log-format.js';

/** The log of a service and of the servers in it: one line of JSON per event, on standard output where nothing is said. */
export function processLog(
  { logLevel, logFormat }: Pick<Settings, 'logLevel' | 'logFormat'>,
  stream?: { write(line: string): void },
): Logger {
  const options = pinoOptions(logFormat, logLevel);
  return stream === undefined ? pino(options) : pino(options, stream);
}
