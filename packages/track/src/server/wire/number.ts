/** A number in wire format: JSON has no NaN and no infinities, so those are texts. */
export function wireNumber(value: number): number | string {
  return Number.isFinite(value) ? value : String(value);
}
