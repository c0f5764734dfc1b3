/**
 * A measurement in a table: four digits after the point, whole numbers as they are, very small and very large ones by their
 * power of ten.
 *
 * @example
 * [metricText(0.86514), metricText(240), metricText(0.00001)]; // => ["0.8651","240","1.000e-5"]
 */
export function metricText(value: number): string {
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  return size < 0.001 || size >= 1e6 ? value.toExponential(3) : value.toFixed(4);
}
