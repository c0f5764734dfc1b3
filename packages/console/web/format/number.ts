const PLAIN = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });
const WHOLE = new Intl.NumberFormat('en');
const SIZES = ['bytes', 'kB', 'MB', 'GB', 'TB'];

/** A metric's value, short enough for a table: four decimals, or scientific where those would say nothing. */
export function formatValue(value: number | undefined): string {
  if (value === undefined) return '';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : minus('-∞');
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e9) return minus(WHOLE.format(value));
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return minus(value.toExponential(3));
  return minus(size < 100 ? value.toFixed(4) : PLAIN.format(value));
}

/** The same with a plus before what is positive. */
export function formatChange(value: number): string {
  return value > 0 ? `+${formatValue(value)}` : formatValue(value);
}

/** `3 runs`, `1 run`. */
export function counted(count: number, noun: string): string {
  return `${WHOLE.format(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `1.5 MB`; the empty text where the size is not known. */
export function formatSize(bytes: number | undefined): string {
  if (bytes === undefined) return '';
  const power = bytes < 1000 ? 0 : Math.min(SIZES.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? value : value.toPrecision(3)} ${SIZES[power]}`;
}

function minus(text: string): string {
  return text.replace(/^-/, '−');
}
