import type { Tally } from './tally.js';

/** Label names and values. */
export type Labels = Readonly<Record<string, string>>;

/** One line of a metric. */
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/** The media type of {@link metricFamily}'s text. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * A metric in Prometheus' text format: its help, its type, and its lines.
 *
 * Source: Prometheus documentation, "Exposition formats", text-based format 0.0.4.
 */
export function metricFamily(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: readonly Sample[],
): string {
  return head(name, type, help) + samples.map(({ labels, value }) => line(name, labels, value)).join('');
}

/** A histogram in the same format: counts up to each bound, each with those below it, then sum and count. */
export function histogramFamily(
  name: string,
  help: string,
  samples: readonly { readonly labels?: Labels; readonly tally: Tally }[],
): string {
  return (
    head(name, 'histogram', help) + samples.map(({ labels, tally }) => histogramLines(name, labels, tally)).join('')
  );
}

function histogramLines(name: string, labels: Labels | undefined, { bounds, counts, sum }: Tally): string {
  let below = 0;
  const buckets = Array.from(counts, (here, i) => {
    below += here;
    return line(`${name}_bucket`, { ...labels, le: i < bounds.length ? String(bounds[i]) : '+Inf' }, below);
  });
  return [...buckets, line(`${name}_sum`, labels, sum), line(`${name}_count`, labels, below)].join('');
}

function head(name: string, type: string, help: string): string {
  return `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`;
}

function line(name: string, labels: Labels = {}, value: number): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${written(value)}\n`;
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function written(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}
