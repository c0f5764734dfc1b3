/**
 * A moment to the minute, in UTC.
 *
 * @param at Unix milliseconds; null where it is not known.
 * @example
 * timeText(0); // => "1970-01-01 00:00"
 */
export function timeText(at: number | null): string {
  return at === null ? '' : new Date(at).toISOString().slice(0, 16).replace('T', ' ');
}

/**
 * How long something took, to two units at most.
 *
 * @example
 * durationText(95_000); // => "1 min 35 s"
 */
export function durationText(ms: number): string {
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  return minutes < 60
    ? `${minutes} min ${Math.floor((ms % 60_000) / 1000)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
