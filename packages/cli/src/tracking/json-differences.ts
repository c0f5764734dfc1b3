/** How much of a value is shown. */
const SHOWN = 60;

/** Where two JSON values differ, and in what: `provenance.seed: it was 42, and is 7`. */
export function jsonDifferences(before: unknown, now: unknown, path = ''): readonly string[] {
  if (isObject(before) && isObject(now)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(now)]);
    return [...keys].flatMap((key) => jsonDifferences(before[key], now[key], path === '' ? key : `${path}.${key}`));
  }
  const [was, is] = [JSON.stringify(before), JSON.stringify(now)].map(shown);
  return JSON.stringify(before) === JSON.stringify(now) ? [] : [`${path}: it was ${was}, and is ${is}`];
}

/** Lists are objects too: their keys are their places. */
function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function shown(text: string | undefined): string {
  if (text === undefined) return 'not there';
  return text.length > SHOWN ? `${text.slice(0, SHOWN - 1)}…` : text;
}
