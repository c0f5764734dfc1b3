import { InvalidArgumentError, type Command } from 'commander';
import { closestName } from '@scorecast/core';
import type { Floor, ScoringName } from '@scorecast/train';
import { isMetric, METRIC_NAMES } from './config/read-scoring.js';

/** Reads an option's whole number from `min` to `max`. */
export function integerOption(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected an integer from ${min} to ${max}.`);
  };
}

/** Reads an option's number from `min` to `max`. */
export function numberOption(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = text.trim() === '' ? Number.NaN : Number(text);
    if (value >= min && value <= max) return value;
    throw new InvalidArgumentError(`Expected a number from ${min} to ${max}.`);
  };
}

/** Reads one metric, or several with commas between. */
export function metricsOption(text: string): readonly ScoringName[] {
  return text.split(',').map(metricNamed);
}

/** Reads a metric and the score that it must reach: `mae=5`. */
export function floorOption(text: string): Floor {
  const [name, limit, ...rest] = text.split('=');
  const value = limit === undefined || limit.trim() === '' ? Number.NaN : Number(limit);
  if (rest.length > 0 || Number.isNaN(value)) {
    throw new InvalidArgumentError('Expected a metric and a number, such as mae=5.');
  }
  return { metric: metricNamed(name), limit: value };
}

/** Reads a span of time such as `30d` or `1d12h`, as milliseconds. */
export function durationOption(text: string): number {
  const [matched, days = 0, hours = 0, minutes = 0] = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?$/.exec(text) ?? [];
  if (text === '0') return 0;
  if (matched === undefined || matched === '') {
    throw new InvalidArgumentError('Expected a time such as 30d, 12h, 1d12h or 0.');
  }
  return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60_000;
}

/** Reads names with commas between them. */
export function namesOption(text: string): readonly string[] {
  return text.split(',').map((name) => name.trim());
}

function metricNamed(text: string): ScoringName {
  const name = text.trim();
  if (isMetric(name)) return name;
  const meant = closestName(name, METRIC_NAMES);
  const hint = meant === undefined ? '' : ` Did you mean ${meant}?`;
  throw new InvalidArgumentError(`Expected ${METRIC_NAMES.join(', ')}.${hint}`);
}

/** Collects an option that may be given several times. */
export function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** Puts examples in front of a command's help: most people look for the line to copy. */
export function withExamples(command: Command, ...lines: readonly string[]): Command {
  return command.addHelpText('before', `Examples:\n${lines.map((line) => `  $ ${line}`).join('\n')}\n`);
}
