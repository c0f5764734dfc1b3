import { ScorecastError } from '@scorecast/core';
import type { Finding } from './check.js';

/**
 * Checks that something is refused with an error that helps: one of Scorecast's, that names what is wrong.
 *
 * @param names What the message has to name, such as a column.
 */
export function expectRefusal(what: string, action: () => unknown, names: readonly string[]): Finding {
  try {
    action();
  } catch (error) {
    return judge(what, error, names);
  }
  return `${what} was accepted (expected an error that names ${names.join(' and ')})`;
}

function judge(what: string, error: unknown, names: readonly string[]): Finding {
  if (!(error instanceof ScorecastError)) {
    return `${what} ended in ${String(error)} (expected an error made by an errorFactory)`;
  }
  const missing = names.filter((name) => !error.message.includes(name));
  return missing.length === 0
    ? undefined
    : `${what} gave "${error.message}" (expected a message that names ${missing.join(' and ')})`;
}

/** Checks that something either works or is refused with an error that helps. */
export function expectWorksOrRefusal(what: string, action: () => Finding, names: readonly string[]): Finding {
  try {
    return action();
  } catch (error) {
    return judge(what, error, names);
  }
}
