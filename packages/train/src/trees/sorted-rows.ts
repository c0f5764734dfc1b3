/** All rows by ascending value, equal values by row; missing values at the end. */
export function sortedRows(values: Float64Array): Int32Array {
  const rows = Int32Array.from(values.keys());
  const present = rows.filter((row) => !Number.isNaN(values[row])).sort((a, b) => values[a] - values[b] || a - b);
  const missing = rows.filter((row) => Number.isNaN(values[row]));
  rows.set(present);
  rows.set(missing, present.length);
  return rows;
}
