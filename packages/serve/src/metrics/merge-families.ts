import { lineKey, type Across, type MetricFamily, type MetricLine } from './exposition.js';

/** The metrics of several processes as those of one service: what is counted is summed, other values as their family says. */
export function mergeFamilies(parts: readonly (readonly MetricFamily[])[]): readonly MetricFamily[] {
  const merged = new Map<string, { readonly family: MetricFamily; readonly lines: Map<string, MetricLine> }>();
  for (const family of parts.flat()) {
    const into = merged.get(family.name) ?? { family, lines: new Map<string, MetricLine>() };
    merged.set(family.name, into);
    for (const line of family.lines) {
      const key = lineKey(line);
      const other = into.lines.get(key);
      into.lines.set(
        key,
        other === undefined ? line : { ...line, value: together(family.across, other.value, line.value) },
      );
    }
  }
  return Array.from(merged.values(), ({ family, lines }) => ({ ...family, lines: Array.from(lines.values()) }));
}

/** What remains of the metrics of a process that has ended: what it counted, for sums may never fall. */
export function countedFamilies(families: readonly MetricFamily[]): readonly MetricFamily[] {
  return families.filter(({ type }) => type !== 'gauge');
}

function together(across: Across, a: number, b: number): number {
  switch (across) {
    case 'sum':
      return a + b;
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
  }
}
