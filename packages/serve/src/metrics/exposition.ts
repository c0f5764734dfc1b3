import type { Tally } from './tally.js';

/** Label names and values. */
export type Labels = Readonly<Record<string, string>>;

/** One line of a metric. */
export interface Sample {
  readonly labels?: Labels;
  readonly value: number;
}

/** What a metric is over several processes of one service: what all of them counted together, or one of their values. */
export type Across = 'sum' | 'min' | 'max';

/** A metric with all its lines, as plain data: processes can send it to each other. */
export interface MetricFamily {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  /** Counters and histograms are always summed. */
  readonly across: Across;
  readonly lines: readonly MetricLine[];
}

/** A sample under the name that it is written with; a histogram's lines end in `_bucket`, `_sum` and `_count`. */
export interface MetricLine extends Sample {
  readonly name: string;
}

/** The media type of {@link expositionText}. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** A metric that is one number per set of labels. */
export function metricFamily(
  name: string,
  type: 'counter' | 'gauge',
  help: string,
  samples: readonly Sample[],
  across: Across = type === 'counter' ? 'sum' : 'max',
): MetricFamily {
  return { name, type, help, across, lines: samples.map((sample) => ({ name, ...sample })) };
}

/** A histogram: counts up to each bound, each with those below it, then sum and count. */
export function histogramFamily(
  name: string,
  help: string,
  samples: readonly { readonly labels?: Labels; readonly tally: Tally }[],
): MetricFamily {
  const lines = samples.flatMap(({ labels, tally }) => histogramLines(name, labels, tally));
  return { name, type: 'histogram', help, across: 'sum', lines };
}

function histogramLines(name: string, labels: Labels = {}, { bounds, counts, sum }: Tally): readonly MetricLine[] {
  let below = 0;
  const buckets = Array.from(counts, (here, i) => {
    below += here;
    const le = i < bounds.length ? String(bounds[i]) : '+Inf';
    return { name: `${name}_bucket`, labels: { ...labels, le }, value: below };
  });
  return [...buckets, { name: `${name}_sum`, labels, value: sum }, { name: `${name}_count`, labels, value: below }];
}

/**
 * Metrics in Prometheus' text format: of each its help, its type, and its lines.
 *
 * Source: Prometheus documentation, "Exposition formats", text-based format 0.0.4.
 */
export function expositionText(families: readonly MetricFamily[]): string {
  return families
    .map(({ name, type, help, lines }) => {
      const head = `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n# TYPE ${name} ${type}\n`;
      return head + lines.map((one) => `${lineKey(one)} ${written(one.value)}\n`).join('');
    })
    .join('');
}

/** A line's name and labels, as they are written: what tells it from every other line. */
export function lineKey({ name, labels = {} }: MetricLine): string {
  const pairs = Object.entries(labels).map(([key, text]) => `${key}="${escapeLabel(text)}"`);
  return `${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`}`;
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

function written(value: number): string {
  if (value === Infinity) return '+Inf';
  return value === -Infinity ? '-Inf' : String(value);
}
