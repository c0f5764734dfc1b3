const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** `12 Nov 2026, 14:05` where the visitor is; the empty text where the time is not known. */
export function formatTime(at: number | undefined, timeZone?: string): string {
  if (at === undefined) return '';
  return new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone,
  }).format(at);
}

/** How long something took: `350 ms`, `4.2 s`, `3 m 5 s`, `2 h 10 m`, `3 d 4 h`. */
export function formatDuration(milliseconds: number | undefined): string {
  if (milliseconds === undefined || milliseconds < 0) return '';
  if (milliseconds < 1000) return `${milliseconds} ms`;
  if (milliseconds < MINUTE) return `${(milliseconds / 1000).toFixed(1)} s`;
  if (milliseconds < HOUR) {
    return `${Math.floor(milliseconds / MINUTE)} m ${Math.floor((milliseconds % MINUTE) / 1000)} s`;
  }
  if (milliseconds < DAY) return `${Math.floor(milliseconds / HOUR)} h ${Math.floor((milliseconds % HOUR) / MINUTE)} m`;
  return `${Math.floor(milliseconds / DAY)} d ${Math.floor((milliseconds % DAY) / HOUR)} h`;
}
