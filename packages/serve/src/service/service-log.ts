import { pino, type Logger } from 'pino';
import type { CompleteOptions } from '../server-options.js';

/** The log of a service and of the servers in it: one line of JSON per event. */
export function serviceLog({ logLevel: level, logStream }: Pick<CompleteOptions, 'logLevel' | 'logStream'>): Logger {
  const options = { level, base: { name: 'scorecast' } };
  return logStream === undefined ? pino(options) : pino(options, logStream);
}
