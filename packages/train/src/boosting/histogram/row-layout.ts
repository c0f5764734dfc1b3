/** Where the first bin of a row lies, behind its residual. */
export const BINS_OFFSET = 8;

/** Bins of a feature: 0 to 254 hold values, this one holds what is missing. */
export const MISSING_BIN = 255;

/** The bytes of one feature's histogram: 256 words of 8 bytes. */
export const HISTOGRAM_BYTES = 2048;

/** The bytes of a row: its residual and its bins, up to a multiple of 8. */
export function rowBytes(featureCount: number): number {
  return BINS_OFFSET + 8 * Math.ceil(featureCount / 8);
}
